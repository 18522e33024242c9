package org.lrsweep.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.lrsweep.report.ThinnedSteps.Point;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/**
 * What a run's own page adds to a trial.
 *
 * @param confusion counts by actual and predicted class; null if there are none, or too many to be
 *     read
 */
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
record TrialDetails(
    @JsonUnwrapped TrialJson trial, Steps steps, List<ClassMetrics> classes, long[][] confusion) {
  /** Points of the learning rate by step: of all trials together, and of one. */
  private static final int RATE_POINTS = 30_000;

  private static final int RATE_POINTS_OF_A_TRIAL = 2_000;

  /** Points of the loss by step are fewer, so that noisy lines of many trials can be told apart. */
  private static final int LOSS_POINTS = 6_000;

  private static final int LOSS_POINTS_OF_A_TRIAL = 1_000;
  private static final int FEWEST_LOSS_POINTS = 200;

  /** Above so many classes a confusion matrix is no longer readable. */
  private static final int MOST_CLASSES = 100;

  static TrialDetails of(RunData data, TrialRow trial) {
    return new TrialDetails(
        TrialJson.of(data, trial),
        Steps.of(data.stepsOf(trial), data.trials().size()),
        data.classMetricsOf(trial).stream().map(ClassMetrics::of).toList(),
        confusion(data.confusionOf(trial)));
  }

  private static long[][] confusion(List<ConfusionRow> cells) {
    int size =
        cells.stream()
            .mapToInt(cell -> 1 + Math.max(cell.actualClass(), cell.predictedClass()))
            .max()
            .orElse(0);
    if (size == 0 || size > MOST_CLASSES) {
      return null;
    }
    long[][] counts = new long[size][size];
    for (ConfusionRow cell : cells) {
      counts[cell.actualClass()][cell.predictedClass()] = cell.count();
    }
    return counts;
  }

  /**
   * The curves by step, thinned.
   *
   * @param last the last step's number
   * @param stride how many steps a point of the loss stands for
   */
  @SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
  record Steps(long last, long[] lrStep, double[] lr, int stride, long[] lossStep, double[] loss) {

    private static Steps of(List<TrainStepRow> steps, int trials) {
      ThinnedSteps rates =
          ThinnedSteps.of(
              steps, Math.max(1, Math.min(RATE_POINTS_OF_A_TRIAL, RATE_POINTS / trials)));
      ThinnedSteps losses =
          ThinnedSteps.of(
              steps,
              Math.max(FEWEST_LOSS_POINTS, Math.min(LOSS_POINTS_OF_A_TRIAL, LOSS_POINTS / trials)));
      return new Steps(
          steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step(),
          rates.points().stream().mapToLong(Point::step).toArray(),
          rates.points().stream().mapToDouble(Point::lr).toArray(),
          losses.stride(),
          losses.points().stream().mapToLong(Point::step).toArray(),
          losses.points().stream().mapToDouble(Point::loss).toArray());
    }
  }

  /** A class of the test set. */
  record ClassMetrics(
      int id, String name, double precision, double recall, double f1, long support) {

    private static ClassMetrics of(ClassMetricsRow row) {
      return new ClassMetrics(
          row.classId(), row.className(), row.precision(), row.recall(), row.f1(), row.support());
    }
  }
}
