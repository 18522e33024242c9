package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.results.TrainStepRow;

/**
 * A trial's steps, few enough for a page: a point stands for so many steps, with the first one's
 * number and learning rate and the mean of the losses that are finite (NaN if none is).
 */
record ThinnedSteps(int stride, List<Point> points) {
  record Point(long step, double lr, double loss) {}

  /** At most so many points. */
  static ThinnedSteps of(List<TrainStepRow> steps, int most) {
    int stride = Math.max(1, (steps.size() + most - 1) / most);
    List<Point> points = new ArrayList<>();

    for (int start = 0; start < steps.size(); start += stride) {
      List<TrainStepRow> bucket = steps.subList(start, Math.min(steps.size(), start + stride));
      double loss =
          bucket.stream()
              .mapToDouble(TrainStepRow::loss)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
      points.add(new Point(bucket.get(0).step(), bucket.get(0).lr(), loss));
    }

    return new ThinnedSteps(stride, points);
  }
}
