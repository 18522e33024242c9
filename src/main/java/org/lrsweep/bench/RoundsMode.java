package org.lrsweep.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.bench.training.BenchNetwork;
import org.lrsweep.bench.training.RoundsBench;
import org.lrsweep.bench.training.RoundsEngine;
import org.lrsweep.bench.training.RoundsResult;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.Option;

/** What {@code lrsweep bench --rounds} adds: the overhead of rounds on Spark. */
final class RoundsMode {
  private static final List<String> NETWORKS = List.of("tiny", "small-cnn", "minigooglenet");
  private static final int BATCH = 64;

  @Option(
      names = "--rounds",
      description =
          "Times rounds on Spark instead: what a round of one step costs besides training, next to"
              + " dl4j-spark's parameter averaging. --model takes tiny and dense-N too.")
  boolean chosen;

  @Option(
      names = "--workers",
      paramLabel = "N",
      split = ",",
      defaultValue = "2",
      description = "With --rounds: workers that share a batch, by default ${DEFAULT-VALUE}.")
  private List<Integer> workers;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "lrsweep,lrsweep-single,stock,stock-lean",
      description =
          "With --rounds: what trains, by default ${DEFAULT-VALUE}. lrsweep-single starts a job of"
              + " Spark's for each round.")
  private List<String> engines;

  void run(
      PrintWriter out,
      List<String> models,
      List<Integer> batches,
      OptionalInt steps,
      boolean json) {
    BenchCommand.requirePositive(workers, "--workers");
    List<BenchNetwork> networks =
        (models.isEmpty() ? NETWORKS : models).stream().map(RoundsMode::network).toList();
    List<Integer> sizes = batches.isEmpty() ? List.of(BATCH) : batches;
    requireEvenShares(sizes);
    List<RoundsEngine> measured = engines.stream().map(RoundsMode::engine).toList();
    try (JavaSparkContext spark = BenchSpark.start(networks, tasks(sizes))) {
      if (!json) {
        out.println(
            "network        parameters  workers  batch  engine          round ms  training ms"
                + "  overhead ms  p90 ms  of training");
      }
      for (BenchNetwork network : networks) {
        for (int batch : sizes) {
          for (int count : workers) {
            RoundsBench bench = new RoundsBench(spark, measured, count, batch, steps);
            for (RoundsResult result : bench.measure(network)) {
              out.println(json ? BenchJson.of(result) : line(result));
              out.flush();
            }
          }
        }
      }
    }
  }

  private void requireEvenShares(List<Integer> sizes) {
    for (int batch : sizes) {
      for (int count : workers) {
        if (batch % count != 0) {
          throw new RefusedException(
              "--workers must divide each --batch, found "
                  + count
                  + " workers and a batch of "
                  + batch);
        }
      }
    }
  }

  private List<BenchSpark.Tasks> tasks(List<Integer> sizes) {
    return sizes.stream()
        .flatMap(batch -> workers.stream().map(count -> new BenchSpark.Tasks(count, batch / count)))
        .toList();
  }

  static BenchNetwork network(String name) {
    return RefusedException.unlessValid("--model", () -> BenchNetwork.of(name));
  }

  private static RoundsEngine engine(String name) {
    return Arrays.stream(RoundsEngine.values())
        .filter(engine -> engine.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "--engine must be one of "
                        + Arrays.stream(RoundsEngine.values())
                            .map(RoundsEngine::label)
                            .collect(Collectors.joining(", "))
                        + ", found '"
                        + name
                        + "'"));
  }

  private static String line(RoundsResult result) {
    return String.format(
        Locale.ROOT,
        "%-14s %10d %8d %6d  %-15s %8.2f %12.2f %12.2f %7.2f %9.1f %%",
        result.network(),
        result.parameters(),
        result.workers(),
        result.batch(),
        result.engine().label(),
        result.roundMs(),
        result.trainingMs(),
        result.overheadMs(),
        result.overheadP90Ms(),
        100 * result.overheadShare());
  }
}
