package org.lrsweep.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.bench.acceleration.Bench;
import org.lrsweep.bench.acceleration.BenchResult;
import org.lrsweep.bench.acceleration.ConvolutionPeak;
import org.lrsweep.bench.acceleration.Engine;
import org.lrsweep.bench.acceleration.SideBySide;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.network.zoo.NetworkType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lrsweep bench}: accelerated layers next to Deeplearning4j's own, without Spark; or rounds
 * on Spark next to dl4j-spark's own; or sweeps.
 */
@Command(
    name = "bench",
    description = "Times training steps and inference, accelerated next to stock Deeplearning4j.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  private static final List<String> NETWORKS = List.of("small-cnn", "minigooglenet");
  private static final List<Integer> BATCHES = List.of(64, 32);
  private static final int STEPS = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Native threads, by default ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = ",",
      description =
          "The networks, of small-cnn, minigooglenet, resnet-9, resnet-18 and mobilenet-v2; by"
              + " default the first two.")
  private List<String> models = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      description = "Images in a batch, by default 64,32; with --rounds 64.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Batches or rounds timed for each figure, by default 10; with --rounds more.")
  private Integer steps;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "How long each network runs before it is timed, by default ${DEFAULT-VALUE}; two batches"
              + " at least. Not with --rounds and --trials.")
  private int warmUpSeconds;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float",
      description =
          "What accelerated layers hand each other, float or bfloat16, by default"
              + " ${DEFAULT-VALUE}. Not with --rounds and --trials.")
  private String precision;

  @Option(
      names = "--layers",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "stock,accelerated",
      description =
          "What the layers run on, by default ${DEFAULT-VALUE}. Stock ones of large networks take"
              + " minutes. Not with --rounds, --side-by-side and --trials.")
  private List<String> layers;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  @Mixin private RoundsMode rounds;
  @Mixin private TrialsMode trials;
  @Mixin private SideBySideMode sideBySide;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Modes.refuseNotHeeded(spec.commandLine().getParseResult());
    OptionalInt count = steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
    requirePositive(List.of(threads), "--threads");
    requirePositive(batches, "--batch");
    requirePositive(count.stream().boxed().toList(), "--steps");
    if (!trials.trials.isEmpty()) {
      trials.run(out, models, count, json);
    } else if (rounds.chosen) {
      rounds.run(out, models, batches, count, json);
    } else {
      measureLayers(out, count);
    }
    return ExitCode.OK;
  }

  private void measureLayers(PrintWriter out, OptionalInt count) {
    List<NetworkType> networks =
        (models.isEmpty() ? NETWORKS : models).stream().map(BenchCommand::network).toList();
    List<Integer> sizes = batches.isEmpty() ? BATCHES : batches;
    int timed = count.orElse(STEPS);
    Duration warmUp = Duration.ofSeconds(warmUpSeconds);
    Precision chosen =
        RefusedException.unlessValid("--precision", () -> Precision.named(precision));
    if (sideBySide.workers != null) {
      SideBySide bench = sideBySide.bench(threads, timed, warmUp, chosen);
      sideBySide.run(out, bench, networks, sizes, json);
      return;
    }
    List<Engine> measured = layers.stream().map(BenchCommand::engine).toList();
    Bench bench = RefusedException.unlessValid(() -> new Bench(threads, timed, warmUp, chosen));
    Consumer<BenchResult> results =
        json ? result -> out.println(BenchJson.of(result)) : table(out, sizes);
    for (NetworkType network : networks) {
      for (int batch : sizes) {
        bench.measure(network, batch, measured, results);
        out.flush();
      }
    }
  }

  /** Prints what the machine can do at best and what a batch costs beforehand; then a line each. */
  private Consumer<BenchResult> table(PrintWriter out, List<Integer> sizes) {
    double peak = new ConvolutionPeak().gflopPerS();
    out.printf(Locale.ROOT, "Convolution peak with %d threads: %.0f GFLOP/s%n", threads, peak);
    for (int batch : sizes) {
      out.printf(
          Locale.ROOT,
          "Input pipeline, batch %d, one thread: %.2f ms%n",
          batch,
          PipelineBench.medianMs(batch));
    }
    out.println(
        "model          phase  batch  engine        median ms  images/s  GFLOP/s  of peak "
            + " precision");
    return result -> out.println(line(result, peak));
  }

  private static NetworkType network(String name) {
    return RefusedException.unlessValid("--model", () -> NetworkType.of(name));
  }

  private static Engine engine(String name) {
    return RefusedException.unlessValid("--layers", () -> Engine.named(name));
  }

  /**
   * Checks an option's numbers before anything is started.
   *
   * @throws RefusedException if one is below 1
   */
  static void requirePositive(List<Integer> numbers, String option) {
    for (int number : numbers) {
      if (number < 1) {
        throw new RefusedException(option + " must be >= 1, found " + number);
      }
    }
  }

  private static String line(BenchResult result, double peak) {
    return String.format(
        Locale.ROOT,
        "%-14s %-6s %5d  %-12s %10.2f %9.0f %8.1f %7.0f %%  %s",
        result.model().label(),
        result.phase().label(),
        result.batch(),
        result.engine().label(),
        result.medianMs(),
        result.imagesPerS(),
        result.gflopPerS(),
        100 * result.gflopPerS() / peak,
        result.precision().label());
  }
}
