package org.lrsweep.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.ingest.Part;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.ingest.Scaling;
import org.lrsweep.ingest.preview.Preview;
import org.lrsweep.ingest.preview.ShownExample;
import org.lrsweep.ingest.read.ValueType;
import org.lrsweep.terminal.Numbers;

/** What a run would see of a user's own data. */
public final class OwnPreview {
  private static final int SHOWN_COLUMNS = 4;

  private OwnPreview() {}

  /**
   * The preview of data that was read.
   *
   * @param shown how many examples of it
   */
  public static Preview of(PartitionedData data, Plan plan, int shown) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      if (data.size(part) > 0) {
        counts.put(part.name().toLowerCase(Locale.ROOT), data.counts(part));
      }
    }
    double[] range = data.range(Part.TRAIN);
    return new Preview(
        data.name(),
        data.sha256(),
        data.shape(),
        data.type(Part.TRAIN) == ValueType.BYTE ? Preview.BYTES : Preview.FLOATS,
        range[0],
        range[1],
        scaling(plan.config(), data.scaling()),
        data.countedLabels(),
        counts,
        storage(data, plan.config()),
        data.first(shown, plan.augmentation(), plan.config().seed()).stream()
            .map(example -> new ShownExample(example.label(), example.read(), example.trained()))
            .toList());
  }

  private static String scaling(ExperimentConfig config, Scaling scaling) {
    return config.data().source().scaling()
        + ": (number - "
        + shown(scaling.shift())
        + ") / "
        + shown(scaling.divisor());
  }

  private static String shown(float[] numbers) {
    if (numbers.length == 1) {
      return Numbers.plain(numbers[0]);
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(SHOWN_COLUMNS, numbers.length); i++) {
      text.append(i == 0 ? "" : ", ").append(numbers[i]);
    }
    return text.append(numbers.length > SHOWN_COLUMNS ? ", ...]" : "]").toString();
  }

  /** Where the examples lie, and how much they take. */
  public static String storage(PartitionedData data, ExperimentConfig config) {
    long judged = 0;
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      judged += data.size(part) > 0 ? data.bytes(part) : 0;
    }
    long trained = data.bytes(Part.TRAIN);
    int finder = config.finder().workers();
    int trial = config.sweep().workersPerTrial();
    String workers =
        finder == trial
            ? "shares of %s".formatted(workers(trial))
            : "shares of %s in the range test, and once more of %s in a trial"
                .formatted(workers(finder), workers(trial));
    return "%s to train on and %s beside it, as %s, %s; besides, Spark's local directories hold as much from reading"
        .formatted(megabytes(trained), megabytes(judged), workers, place(config, data));
  }

  private static String place(ExperimentConfig config, PartitionedData data) {
    return switch (config.data().source().storage()) {
      case "memory" -> "in the executors' heaps";
      case "disk" -> "in files of Spark's local directories";
      default ->
          "in the heap of an executor that has more than %s of it, else in files of Spark's local directories"
              .formatted(megabytes(data.heapForMemory(Part.TRAIN, workersOf(config))));
    };
  }

  private static int workersOf(ExperimentConfig config) {
    return Math.min(config.finder().workers(), config.sweep().workersPerTrial());
  }

  private static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }

  /** Rounded up. */
  static String megabytes(long bytes) {
    return Numbers.count((bytes + (1 << 20) - 1) >> 20) + " MB";
  }
}
