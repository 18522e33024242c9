package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SameRows;
import org.lrsweep.testing.SparkProcesses;
import org.lrsweep.testing.TestJvm;

/**
 * Experiments, rounds and commands on Spark contexts that are there already: {@link GivenContexts}.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class GivenContextIT {
  @TempDir private static Path folder;

  private static String printed;

  @BeforeAll
  static void runTheProgram() throws Exception {
    List<String> options = new ArrayList<>(List.of(SparkProcesses.QUICK_START.split(" ")));
    options.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true"));
    List<String> command = TestJvm.command(options, GivenContexts.class, folder);
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    RunningProcess process = new RunningProcess(builder.start(), log, Duration.ofMinutes(7));

    assertThat(process.exitCode(Duration.ofMinutes(7))).as(process.printed()).isZero();
    printed = process.printed();
  }

  private static String said(String what) {
    String begin = "SAID " + what + ": ";
    return printed
        .lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no '" + begin + "' in what was printed:\n" + printed));
  }

  private static ResultStore store(String output) {
    return ResultStore.open(folder.resolve(output).toString(), new Configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo-fast", "kryo-plain"})
  void kryoGivesTheSameBitsAsJavaSerialization(String context) throws IOException {
    SameRows.assertSame(store(context + "/own"), store("java/own"), GivenContexts.ID);
    assertThat(store(context + "/own").runs().get(0).transport())
        .isEqualTo(context.substring("kryo-".length()));
    assertThat(said("library " + context)).isEqualTo(said("library java"));
  }

  @Test
  void kryoBroadcastsTheSameImages() throws IOException {
    SameRows.assertSame(store("kryo-fast/named"), store("java/named"), GivenContexts.ID);
  }

  @Test
  void kryoThatTakesRegisteredClassesAloneIsRefusedBeforeTraining() {
    assertThat(said("refused"))
        .isEqualTo(
            "spark.kryo.registrationRequired must be false, since Kryo knows no class of LRSweep,"
                + " found true; start the context with false, or without spark.serializer");
    assertThat(store("refused").runs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "kryo-fast", "kryo-plain", "notebook"})
  void theContextStaysOpen(String context) {
    assertThat(said("open " + context)).isEqualTo("true");
  }

  @Test
  void whatOnlyANewContextCanTakeIsSaidInASentenceEach() {
    assertThat(printed)
        .contains(
            "the order in which they began, since spark.scheduler.mode is FIFO and not FAIR",
            "progress within a round is told every 10 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "second"})
  void experimentsAtTheSameTimeShareAContextAndTrainTheSame(String experiment) throws IOException {
    SameRows.assertSame(store("shared/" + experiment), store("java/named"), GivenContexts.ID);
  }

  @Test
  void theLastOfThemToEndStopsTheContext() {
    assertThat(said("between")).isEqualTo("true");
    assertThat(said("after both")).isEqualTo("false");
  }

  @Test
  void aCommandWhoseContextEndsIsEndedByAnException() {
    assertThat(said("find at the end"))
        .isEqualTo("lrsweep ended with exit code 1; standard error says why");
    assertThat(said("after the end")).isEqualTo("false");
    assertThat(store("ending").runs()).extracting(RunRow::status).containsExactly(RunStatus.FAILED);
  }

  @Test
  void aCommandTakesTheContextOfTheSessionAndEndsNoProcess() {
    assertThat(said("find")).isEqualTo("ended well");
    assertThat(said("find of nothing"))
        .isEqualTo("lrsweep ended with exit code 2; standard error says why");
    assertThat(store("notebook").runs()).hasSize(1);
  }
}
