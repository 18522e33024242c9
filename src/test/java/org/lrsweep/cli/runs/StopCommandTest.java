package org.lrsweep.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.cli.LrSweep;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.experiment.StoppedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.report.RunList;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.SampleRun;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunComparison;
import picocli.CommandLine;

@ExtendWith(LocalSpark.class)
class StopCommandTest {
  private static final String LONG =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
        data { image-size = 16, augmentation.shift = 0 }
        model.network = small-cnn
        sweep { step-sizes-epochs = [2], epochs = 40, base-lrs = [0.001], max-lrs = [0.01] }
        finder { start-lr = 1.0e-4, epochs = 1 }
        checkpoint.trials = epoch
      }
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int stop(Path output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("stop", "--output", output.toString()));
    arguments.addAll(List.of(more));
    return LrSweep.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private static Experiment experiment(JavaSparkContext spark, Path output) {
    return Experiment.of(ConfigLoader.load(LONG, "test", List.of("output=" + output))).on(spark);
  }

  private static String runs(Path output) {
    return RunList.of(ResultStore.open(output.toString(), new Configuration()), runId -> false);
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aRunThatIsStoppedGoesOnToTheSameBits(JavaSparkContext spark) throws Exception {
    Path stopped = folder.resolve("stopped");
    CountDownLatch trains = new CountDownLatch(1);
    PrintWriter said = new PrintWriter(new Watch("epoch 2 of 40", trains), true);
    ExecutorService driver = Executors.newSingleThreadExecutor();
    try {
      Future<ExperimentResult> run =
          driver.submit(
              () ->
                  experiment(spark, stopped).withRun(RunChoice.named("r1")).printingTo(said).run());
      trains.await();

      assertThat(stop(stopped, "r1")).as(err.toString()).isEqualTo(CommandLine.ExitCode.OK);

      assertThat(out.toString()).startsWith("Run r1 has ended; --resume r1 goes on with it");
      assertThat(run)
          .failsWithin(1, TimeUnit.MINUTES)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOf(StoppedException.class)
          .withMessageStartingWith("Run r1 was stopped, as it was asked to. What is finished is")
          .withMessageContaining("--resume r1");
    } finally {
      driver.shutdownNow();
    }
    assertThat(runs(stopped)).containsPattern("r1 +INTERRUPTED");

    ExperimentResult resumed = experiment(spark, stopped).withRun(RunChoice.resume("r1")).run();

    assertThat(resumed.status()).as("a request holds once").isEqualTo(RunStatus.COMPLETED);
    Path whole = folder.resolve("whole");
    experiment(spark, whole).withRun(RunChoice.named("r1")).run();
    RunComparison.assertSame(stopped, whole, "r1");
  }

  @Test
  void aRunThatNobodyIsAtWorkOnIsRefused() {
    new SampleRun("r1", 2, 3).write(ResultStore.open(folder.toString(), new Configuration()), 1);

    assertThat(stop(folder, "r1")).isEqualTo(CommandLine.ExitCode.USAGE);

    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "lrsweep: Run r1 is not at work, so there is nothing to stop; lrsweep runs says how it"
                + " is\n");
  }

  /** Says when a text was written; from then on each write takes as long as a long epoch would. */
  private static final class Watch extends Writer {
    private static final long EPOCH_MILLIS = 150;

    private final String text;
    private final CountDownLatch seen;
    private final StringBuilder written = new StringBuilder();

    Watch(String text, CountDownLatch seen) {
      this.text = text;
      this.seen = seen;
    }

    @Override
    public synchronized void write(char[] chars, int offset, int length) {
      written.append(chars, offset, length);
      if (written.indexOf(text) < 0) {
        return;
      }
      seen.countDown();
      try {
        var unused = new CountDownLatch(1).await(EPOCH_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
