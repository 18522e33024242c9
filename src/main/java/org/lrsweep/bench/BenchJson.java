package org.lrsweep.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.lrsweep.bench.acceleration.BenchResult;
import org.lrsweep.bench.acceleration.Engine;
import org.lrsweep.bench.acceleration.Phase;
import org.lrsweep.bench.acceleration.SideBySideResult;
import org.lrsweep.bench.sweep.TrialsResult;
import org.lrsweep.bench.training.RoundsResult;

/**
 * A measurement as a JSON object on one line. Numbers are rounded to what a measurement tells; one
 * that isn't finite is null.
 */
final class BenchJson {
  /** Keeps the decimals that a number is rounded to. */
  private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

  private BenchJson() {}

  static String of(BenchResult result) {
    return NODES
        .objectNode()
        .put("model", result.model().label())
        .put("phase", result.phase().label())
        .put("batch", result.batch())
        .put("threads", result.threads())
        .put("engine", result.engine().label())
        .put("median_ms", rounded(result.medianMs(), 3))
        .put("images_per_s", rounded(result.imagesPerS(), 1))
        .put("gflop_per_s", rounded(result.gflopPerS(), 2))
        .put("precision", result.precision().label())
        .toString();
  }

  static String of(SideBySideResult result) {
    return NODES
        .objectNode()
        .put("model", result.model().label())
        .put("phase", Phase.TRAIN.label())
        .put("batch", result.batch())
        .put("threads", result.threads())
        .put("engine", Engine.ACCELERATED.label())
        .put("workers", result.workers())
        .put("alone_ms", rounded(result.aloneMs(), 3))
        .put("together_ms", rounded(result.togetherMs(), 3))
        .put("images_per_s", rounded(result.togetherImagesPerS(), 1))
        .put("times_one", rounded(result.timesOne(), 3))
        .put("peak_times_one", rounded(result.peakTimesOne(), 3))
        .put("precision", result.precision().label())
        .toString();
  }

  static String of(RoundsResult result) {
    return NODES
        .objectNode()
        .put("network", result.network())
        .put("parameters", result.parameters())
        .put("engine", result.engine().label())
        .put("workers", result.workers())
        .put("batch", result.batch())
        .put("rounds", result.rounds())
        .put("round_ms", rounded(result.roundMs(), 3))
        .put("training_ms", rounded(result.trainingMs(), 3))
        .put("overhead_ms", rounded(result.overheadMs(), 3))
        .put("overhead_p90_ms", rounded(result.overheadP90Ms(), 3))
        .toString();
  }

  static String of(TrialsResult result) {
    return NODES
        .objectNode()
        .put("network", result.network())
        .put("trials", result.trials())
        .put("slots", result.slots())
        .put("steps", result.steps())
        .put("seconds", rounded(result.seconds(), 3))
        .put("training_seconds", rounded(result.trainingSeconds(), 3))
        .put("training_share", rounded(result.trainingShare(), 4))
        .toString();
  }

  private static BigDecimal rounded(double value, int decimals) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP)
        : null;
  }
}
