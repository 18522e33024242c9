package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.results.Metric;
import org.lrsweep.sweep.Scores.Score;

/**
 * A trial's epochs as numbers of a checkpoint and back; what is missing is NaN.
 *
 * <p>Older checkpoints have five numbers an epoch, so what is new is a section of its own.
 */
final class CheckpointEpochs {
  private static final int NUMBERS = 5;

  /** Metrics by the number that stands for them. */
  private static final List<Metric> NUMBERED =
      List.of(Metric.ACCURACY, Metric.MICRO_F1, Metric.RMSE, Metric.MAE, Metric.R2);

  private CheckpointEpochs() {}

  static double[] of(List<TrialEpoch> rows) {
    double[] numbers = new double[rows.size() * NUMBERS];
    for (int i = 0; i < rows.size(); i++) {
      TrialEpoch row = rows.get(i);
      double[] epoch = {
        row.trainLoss(),
        orNaN(row.trainAccuracy()),
        orNaN(row.valLoss()),
        orNaN(row.valAccuracy()),
        row.durationMs()
      };
      System.arraycopy(epoch, 0, numbers, i * NUMBERS, NUMBERS);
    }
    return numbers;
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /** Of each epoch pairs of a metric's number and its value. */
  static double[] metrics(List<TrialEpoch> rows) {
    return rows.stream()
        .flatMap(row -> row.scores().all().stream())
        .flatMapToDouble(score -> DoubleStream.of(NUMBERED.indexOf(score.metric()), score.value()))
        .toArray();
  }

  static List<TrialEpoch> read(Snapshot values) {
    double[] numbers = values.doubles("epochs");
    // Older versions knew the accuracy alone.
    double[] metrics = values.has("metrics") ? values.doubles("metrics") : new double[0];
    int count = numbers.length / NUMBERS;
    List<TrialEpoch> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * NUMBERS;
      rows.add(
          new TrialEpoch(
              i + 1,
              numbers[at],
              orNull(numbers[at + 1]),
              numbers[at + 2],
              (long) numbers[at + 4],
              metrics.length == 0
                  ? Scores.ofAccuracy(numbers[at + 3])
                  : scores(metrics, i, metrics.length / count)));
    }
    return rows;
  }

  private static Scores scores(double[] metrics, int epoch, int each) {
    List<Score> all = new ArrayList<>();
    for (int at = epoch * each; at < (epoch + 1) * each; at += 2) {
      all.add(new Score(NUMBERED.get((int) metrics[at]), metrics[at + 1]));
    }
    return new Scores(all);
  }
}
