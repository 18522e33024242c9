package org.lrsweep.bench.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.bench.training.BenchNetwork;
import org.lrsweep.bench.training.RepeatedBatch;
import org.lrsweep.checkpoint.CheckpointInterval;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.storage.OutputFiles;
import org.lrsweep.sweep.ParallelTrials;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialNetworks;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.WeightSettings;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.examples.WorkerExamples;

/**
 * Times sweeps of trials of one worker each: from the first trial's start to the last one's end,
 * all slots at work. Each trial has two epochs, evaluated on one batch, and keeps checkpoints as
 * trials of the command line do by default, in a folder for temporary files.
 */
public final class TrialsBench {
  /** Examples of a step, and of the evaluations. */
  public static final int BATCH = 64;

  private static final int EPOCHS = 2;

  /** The default of {@code checkpoint.trials}. */
  private static final CheckpointInterval INTERVAL =
      CheckpointInterval.time(Duration.ofSeconds(10));

  private final JavaSparkContext spark;
  private final int slots;
  private final int steps;

  /**
   * @param spark where the trials run
   * @param slots that Spark has, {@code >= 1}: trials at once, but for the last ones, which take
   *     turns
   * @param steps of a trial, {@code >= 2}
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TrialsBench(JavaSparkContext spark, int slots, int steps) {
    if (slots < 1 || steps < EPOCHS) {
      throw new IllegalArgumentException(
          "slots must be >= 1 and the steps of a trial >= 2, found " + slots + " and " + steps);
    }
    this.spark = spark;
    this.slots = slots;
    this.steps = steps;
  }

  /**
   * Measures a sweep, after one of a trial for each slot that it will use, to warm up.
   *
   * @param trials how many, {@code >= 1}
   */
  public TrialsResult measure(BenchNetwork network, int trials) {
    sweep(network, Math.min(slots, trials));
    return sweep(network, trials);
  }

  private TrialsResult sweep(BenchNetwork network, int count) {
    AtomicLong trainingNanos = new AtomicLong();
    SweepListener listener =
        new SweepListener() {
          @Override
          public void roundTrained(Trial trial, RoundResult round) {
            trainingNanos.addAndGet(round.trainingNanos());
          }

          @Override
          public void trialEnded(TrialOutcome outcome) {
            if (outcome.status() != TrialStatus.COMPLETED) {
              throw new IllegalStateException(
                  outcome.trial().id() + " did not end well: " + outcome.error().orElse(""));
            }
          }
        };
    Sweep sweep = new Sweep(spark, "bench", new Networks(network), settings());
    OutputFiles temporary = temporaryFolder();
    RunFolder folder = new RunFolder(temporary, "bench");
    try {
      long begin = System.nanoTime();
      sweep.run(trials(count), listener, trial -> folder.of(trial.id(), INTERVAL));
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new TrialsResult(
          network.label(), count, slots, steps, seconds, trainingNanos.get() / 1e9);
    } finally {
      delete(temporary);
    }
  }

  private OutputFiles temporaryFolder() {
    try {
      return new OutputFiles(
          Files.createTempDirectory("lrsweep-bench-").toUri().toString(),
          spark.hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(OutputFiles temporary) {
    try {
      temporary.delete(temporary.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SweepSettings settings() {
    return new SweepSettings(
        ParallelTrials.takingTurns(() -> slots),
        SweepSettings.defaults().stepsPerRound(),
        1e6,
        0,
        WeightSettings.none());
  }

  private List<Trial> trials(int count) {
    return new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(1.0),
            List.of(TrialRange.given(new LrRange(1e-5, 1e-4))),
            LongStream.rangeClosed(1, count).boxed().toList(),
            1,
            BATCH,
            EPOCHS)
        .trials(steps / EPOCHS * BATCH);
  }

  private final class Networks implements TrialNetworks {
    private final BenchNetwork network;

    Networks(BenchNetwork network) {
      this.network = network;
    }

    @Override
    public NetworkSpec network(long seed) {
      return network.spec();
    }

    @Override
    public JavaRDD<WorkerExamples> trainExamples(long seed) {
      return examples(steps / EPOCHS);
    }

    @Override
    public JavaRDD<WorkerExamples> testExamples() {
      return examples(1);
    }

    private JavaRDD<WorkerExamples> examples(int batches) {
      return spark.parallelize(List.of(RepeatedBatch.random(network, BATCH, batches)), 1);
    }
  }
}
