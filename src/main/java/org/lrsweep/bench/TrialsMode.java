package org.lrsweep.bench;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.bench.sweep.TrialsBench;
import org.lrsweep.bench.sweep.TrialsResult;
import org.lrsweep.bench.training.BenchNetwork;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.Option;

/** {@code lrsweep bench --trials N}: what sweeps spend the slots' time on. */
final class TrialsMode {
  private static final int STEPS = 200;

  @Option(
      names = "--trials",
      paramLabel = "N",
      split = ",",
      description =
          "Times sweeps of N trials on Spark instead: how much of the slots' time is training."
              + " --steps is each trial's.")
  List<Integer> trials = List.of();

  void run(PrintWriter out, List<String> models, OptionalInt steps, boolean json) {
    BenchCommand.requirePositive(trials, "--trials");
    List<BenchNetwork> networks =
        (models.isEmpty() ? List.of("small-cnn") : models)
            .stream().map(RoundsMode::network).toList();
    try (JavaSparkContext spark =
        BenchSpark.start(
            networks, List.of(new BenchSpark.Tasks(Collections.max(trials), TrialsBench.BATCH)))) {
      if (!json) {
        out.println("network        trials  slots  steps  seconds  training s  share of the slots");
      }
      TrialsBench bench = bench(spark, steps.orElse(STEPS));
      for (BenchNetwork network : networks) {
        for (int count : trials) {
          TrialsResult result = bench.measure(network, count);
          out.println(json ? BenchJson.of(result) : line(result));
          out.flush();
        }
      }
    }
  }

  private static TrialsBench bench(JavaSparkContext spark, int steps) {
    int cpus = spark.getConf().getInt("spark.task.cpus", 1);
    int slots = Math.max(1, spark.defaultParallelism() / cpus);
    return RefusedException.unlessValid(() -> new TrialsBench(spark, slots, steps));
  }

  private static String line(TrialsResult result) {
    return String.format(
        Locale.ROOT,
        "%-14s %6d %6d %6d %8.1f %11.1f %18.1f %%",
        result.network(),
        result.trials(),
        result.slots(),
        result.steps(),
        result.seconds(),
        result.trainingSeconds(),
        100 * result.trainingShare());
  }
}
