package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCheckTest {
  private static final String LIMIT = "-Dorg.bytedeco.javacpp.maxphysicalbytes=";

  /** Two tasks of 64 examples, each of 2^20 activations: 64 x 4 MiB x 1.75 = 448 MiB a task. */
  private static final Workload TWO_TASKS = new Workload(0, 1 << 20, 64, 0, 2);

  private static final DriverMemory LARGE = new DriverMemory(8L << 30, 64L << 30);

  private static SparkConf conf(String master, String... settings) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return conf;
  }

  private static SparkConf fitted(SparkConf conf) {
    new MemoryCheck(TWO_TASKS, LARGE).fit(conf);
    return conf;
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host:6443"})
  void aContainerGetsRoomForItsTasksAndJavaCppKeepsToIt(String master) {
    SparkConf conf =
        fitted(conf(master, "spark.executor.cores", "2", "spark.executor.memory", "2g"));

    // (440 + 2 x 448) x 1.25 = 1670.
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("1670m");
    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo(LIMIT + (2048 + 1670) + "m");
  }

  @Test
  void slotsAreCoresByTheCoresOfATask() {
    SparkConf conf = fitted(conf("yarn", "spark.executor.cores", "4", "spark.task.cpus", "4"));

    // (440 + 448) x 1.25 = 1110.
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("1110m");
  }

  @Test
  void slotsThatNoTaskWillUseNeedNothing() {
    SparkConf conf = fitted(conf("yarn", "spark.executor.cores", "32"));

    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("1670m");
  }

  @Test
  void whatTheUserHasSetStays() {
    SparkConf conf =
        fitted(
            conf(
                "yarn",
                "spark.executor.memoryOverhead",
                "5g",
                "spark.executor.extraJavaOptions",
                "-Da=b " + LIMIT + "1g"));

    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("5g");
    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo("-Da=b " + LIMIT + "1g");
  }

  @Test
  void theUsersOtherJvmOptionsAreKept() {
    SparkConf conf =
        fitted(
            conf(
                "yarn",
                "spark.executor.memoryOverhead",
                "2g",
                "spark.executor.extraJavaOptions",
                "-Da=b"));

    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo("-Da=b " + LIMIT + "3072m");
  }

  @Test
  void anOverheadThatCannotDoIsRefusedWithTheNumbers() {
    SparkConf conf =
        conf("yarn", "spark.executor.cores", "2", "spark.executor.memoryOverhead", "1g");

    assertThatThrownBy(() -> fitted(conf))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessage(
            "spark.executor.memoryOverhead must be at least about 1336 MB for 2 tasks of 64"
                + " examples each, found 1024 MB; raise it or leave it out, or lower batch-size or"
                + " spark.executor.cores");
  }

  @Test
  void aFactorIsAnOverheadToo() {
    SparkConf conf =
        conf("yarn", "spark.executor.memory", "4g", "spark.executor.memoryOverheadFactor", "0.1");

    assertThatThrownBy(() -> fitted(conf)).hasMessageContaining("for 1 task of 64", "found 409 MB");
    assertThat(fitted(conf.set("spark.executor.memoryOverheadFactor", "0.5")))
        .returns(false, c -> c.contains("spark.executor.memoryOverhead"))
        .returns(LIMIT + "6144m", c -> c.get("spark.executor.extraJavaOptions"));
  }

  @Test
  void aHeapTooSmallForImagesIsRefused() {
    Workload images = new Workload(0, 1, 1, 1L << 30, 1);
    SparkConf conf = conf("yarn", "spark.executor.memory", "1g");

    // 256 MiB and twice 1 GiB.
    assertThatThrownBy(() -> new MemoryCheck(images, LARGE).fit(conf))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageStartingWith(
            "spark.executor.memory must be at least about 2304 MB for 1 task of 1 examples each,"
                + " found 1024 MB");
  }

  @Test
  void nothingLimitsAnExecutorThatHasNoContainer() {
    SparkConf conf = fitted(conf("spark://host:7077", "spark.executor.memory", "1g"));

    assertThat(conf.contains("spark.executor.memoryOverhead")).isFalse();
    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo(LIMIT + "0");
    assertThat(
            fitted(conf("spark://host:7077", "spark.executor.memoryOverhead", "3g"))
                .get("spark.executor.extraJavaOptions"))
        .isEqualTo(LIMIT + "4096m");
  }

  /** Which take all cores of a worker, and are known when they have come. */
  @Test
  void executorsWithoutANumberOfCoresAreCheckedWithTheSlotsTheyHave() {
    Workload states = new Workload(30_000_000, 1, 1, 0, 16);
    SparkConf conf = conf("spark://host:7077", "spark.executor.memory", "2g");
    MemoryCheck check = new MemoryCheck(states, new DriverMemory(64L << 30, 64L << 30));

    assertThat(SparkSettings.leavesCoresOpen(conf)).isTrue();
    check.fit(conf);
    // 256 MiB and for each task four states of three times 30 million floats: 1373.3 MiB.
    check.requireExecutorHeap(conf, 1);
    assertThatThrownBy(() -> check.requireExecutorHeap(conf, 4))
        .hasMessageStartingWith(
            "spark.executor.memory must be at least about 5750 MB for 4 tasks of 1 examples each,"
                + " found 2048 MB");
    assertThat(SparkSettings.leavesCoresOpen(conf.clone().set("spark.executor.cores", "4")))
        .isFalse();
    assertThat(SparkSettings.leavesCoresOpen(conf("yarn"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[2,4]", "local[64,4]"})
  void aMachineTooSmallIsRefusedInLocalMode(String master) {
    // 1024 + 440 + 2 x 448 = 2360, of which a fifth may be missing.
    DriverMemory enough = new DriverMemory(1L << 30, 1900L << 20);
    DriverMemory small = new DriverMemory(1L << 30, 1800L << 20);

    new MemoryCheck(TWO_TASKS, enough).fit(conf(master));
    assertThatThrownBy(() -> new MemoryCheck(TWO_TASKS, small).fit(conf(master)))
        .hasMessage(
            "this machine must have at least about 2360 MB of memory for 2 tasks of 64 examples"
                + " each and a heap of 1024 MB, found 1800 MB; lower batch-size, or the tasks with"
                + " --master local[N]");
  }

  /** Which hold no state yet; how many slots a cluster will have is not known. */
  @Test
  void localModeNeedsNoHeapForTasksThatWaitForASlot() {
    Workload states = new Workload(30_000_000, 1, 1, 0, 64);
    DriverMemory driver = new DriverMemory(4L << 30, 64L << 30);

    new MemoryCheck(states, driver).fit(conf("local[2]"));
    assertThatThrownBy(() -> new MemoryCheck(states, driver).fit(conf("yarn")))
        .hasMessageContaining("the driver's heap must be at least about", "found 4096 MB");
  }

  @Test
  void aDriversHeapTooSmallIsRefusedEverywhere() {
    Workload states = new Workload(30_000_000, 1, 1, 0, 4);
    DriverMemory driver = new DriverMemory(1L << 30, 64L << 30);

    for (String master : new String[] {"local[4]", "yarn", "spark://host:7077"}) {
      assertThatThrownBy(() -> new MemoryCheck(states, driver).fit(conf(master)))
          .as(master)
          .hasMessageContaining("the driver's heap must be at least about", "found 1024 MB");
    }
  }

  /**
   * Two workers of 2^20 parameters, so of 12 MiB of state: 256 MiB, 10 states as in the fast way,
   * and two more of each worker.
   */
  @Test
  void thePlainTransportNeedsRoomForAllWorkersStatesOnTheDriver() {
    Workload workload = new Workload(1 << 20, 1, 1, 0, 2);
    long needed = (256 + (10 + 4) * 12) << 20;
    SparkConf conf = conf("yarn");

    new MemoryCheck(workload, new DriverMemory(needed, 1L << 40)).requirePlainDriverHeap(conf);
    assertThatThrownBy(
            () ->
                new MemoryCheck(workload, new DriverMemory(needed / 2, 1L << 40))
                    .requirePlainDriverHeap(conf))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessage(
            "the driver's heap must be at least about 424 MB for the plain transport, which brings"
                + " the states of all workers there, found 212 MB; raise spark.driver.memory");
  }

  @Test
  void inLocalModeThePlainTransportNeedsRoomForTheSlotsThereAre() {
    Workload workload = new Workload(1 << 20, 1, 1, 0, 1000);
    DriverMemory small = new DriverMemory(512 << 20, 1L << 40);

    new MemoryCheck(workload, small).requirePlainDriverHeap(conf("local[1]"));
    assertThatThrownBy(
            () -> new MemoryCheck(workload, small).requirePlainDriverHeap(conf("spark://host:1")))
        .isInstanceOf(InsufficientMemoryException.class);
  }
}
