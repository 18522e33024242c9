package org.lrsweep.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains in a JVM of its own, driver and executor in one, and prints after each stretch what it
 * holds. The heap must be all resident from the start ({@code -Xms}, {@code -Xmx}, {@code
 * AlwaysPreTouch}), or its pages would count as native memory.
 */
final class MemoryProbe {
  private static final int BATCH = 16;
  private static final int SIZE = 16;
  private static final int CLASSES = 10;
  private static final int SIZES = 4;

  /** Times without a change after which all is freed. */
  private static final int LOOKS = 10;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final int STEPS_OF_A_TRIAL = 20;
  private static final int ROUNDS_AT_ONCE = 50;

  private final JavaSparkContext spark;

  private MemoryProbe(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Trains.
   *
   * @param arguments "rounds" for rounds with a job each, "stints" for rounds that share jobs as in
   *     a range test, "trials" or "steps"; how many of them a stretch has; how many stretches
   */
  public static void main(String[] arguments) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setAppName("memory")
            .setMaster("local[2,4]")
            .set("spark.ui.enabled", "false")
            .set("spark.scheduler.mode", "FAIR")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    int length = Integer.parseInt(arguments[1]);
    int stretches = Integer.parseInt(arguments[2]);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      MemoryProbe probe = new MemoryProbe(spark);
      switch (arguments[0]) {
        case "rounds" -> probe.rounds(length, stretches, 1);
        case "stints" -> probe.rounds(length, stretches, ROUNDS_AT_ONCE);
        case "trials" -> probe.trials(length, stretches);
        case "steps" -> steps(length, stretches);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private void rounds(int length, int stretches, int atOnce) throws IOException {
    NetworkSpec network = network(1);
    try (SparkEngine engine = new SparkEngine(spark, network, examples(2), 3);
        TrainingRun run = engine.start(network.initialState())) {
      for (int stretch = 1; stretch <= stretches; stretch++) {
        int trained = 0;
        while (trained < length) {
          List<Round> rounds =
              IntStream.range(trained, Math.min(length, trained + atOnce))
                  .mapToObj(round -> new Round(round, 0, BATCH, new double[] {0.001}))
                  .toList();
          trained += run.train(rounds).size();
        }
        report(stretch * length + " rounds");
      }
    }
  }

  private void trials(int length, int stretches) throws IOException {
    for (int stretch = 1; stretch <= stretches; stretch++) {
      int first = (stretch - 1) * length;
      List<Long> seeds = LongStream.range(first, first + length).boxed().toList();
      TrialGrid grid =
          new TrialGrid(
              List.of(TrialPolicy.TRIANGULAR),
              List.of(0.5),
              List.of(TrialRange.given(new LrRange(0.0001, 0.001))),
              seeds,
              1,
              BATCH,
              1);
      List<TrialOutcome> outcomes =
          new Sweep(spark, "memory", new Networks(), new SweepSettings(2, 5, 1000, 0))
              .run(grid.trials(BATCH * STEPS_OF_A_TRIAL), new SweepListener() {});
      if (!outcomes.stream().allMatch(outcome -> outcome.error().isEmpty())) {
        throw new IllegalStateException("A trial failed: " + outcomes);
      }
      report(stretch * length + " trials");
    }
  }

  /** Training and predicting on the accelerated layers alone, with batches of changing sizes. */
  private static void steps(int length, int stretches) throws IOException {
    ComputationGraph network = network(1).build();
    Acceleration.accelerate(network);
    for (int stretch = 1; stretch <= stretches; stretch++) {
      for (int step = 0; step < length; step++) {
        DataSet batch = new Images(BATCH).minibatch(0, step, 1 + step % SIZES);
        network.fit(batch);
        network.outputSingle(batch.getFeatures());
      }
      report(stretch * length + " steps");
    }
  }

  private static NetworkSpec network(long seed) {
    return NetworkSpec.of(
        NetworkType.SMALL_CNN.configuration(
            new ImageShape(1, SIZE, SIZE), CLASSES, seed, new Momentum(0.01, 0.9)));
  }

  private JavaRDD<WorkerExamples> examples(int workers) {
    WorkerExamples images = new Images(BATCH * STEPS_OF_A_TRIAL / workers);
    return spark.parallelize(Collections.nCopies(workers, images), workers);
  }

  private final class Networks implements TrialNetworks {
    @Override
    public NetworkSpec network(long seed) {
      return MemoryProbe.network(seed);
    }

    @Override
    public JavaRDD<WorkerExamples> trainExamples(long seed) {
      return examples(1);
    }

    @Override
    public JavaRDD<WorkerExamples> testExamples() {
      return examples(1);
    }
  }

  private record Images(int size) implements WorkerExamples {
    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      Random random = new Random(from);
      float[] images = new float[count * SIZE * SIZE];
      for (int i = 0; i < images.length; i++) {
        images[i] = random.nextFloat();
      }
      float[] labels = new float[count * CLASSES];
      for (int i = 0; i < count; i++) {
        labels[i * CLASSES + (from + i) % CLASSES] = 1;
      }
      return new DataSet(
          Nd4j.create(images, new long[] {count, 1, SIZE, SIZE}, 'c'),
          Nd4j.create(labels, new long[] {count, CLASSES}, 'c'));
    }
  }

  private static void report(String done) throws IOException {
    long heapSize = Runtime.getRuntime().maxMemory() / 1024;
    long resident = Long.MAX_VALUE;
    long heap = Long.MAX_VALUE;
    // Spark and ND4J free in threads of their own what the collector finds; each look leaves them
    // time to.
    for (int looks = 0; looks < LOOKS; looks++) {
      System.gc();
      LockSupport.parkNanos(PAUSE.toNanos());
      long heapNow = heapKilobytes();
      if (heapNow < heap - 100) {
        looks = 0;
      }
      heap = Math.min(heap, heapNow);
      resident = Math.min(resident, residentKilobytes());
    }
    long blocks = SparkEnv.get().blockManager().getMatchingBlockIds(any -> true).size();
    System.out.printf(
        Locale.ROOT,
        "after %s: native %d kB, heap %d kB, blocks %d%n",
        done,
        resident - heapSize,
        heap,
        blocks);
  }

  private static long heapKilobytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
