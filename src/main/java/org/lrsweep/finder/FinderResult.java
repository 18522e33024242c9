package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.curve.Curve;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderStepRow;

/**
 * A finished range test.
 *
 * @param steps every step, in order
 * @param examples how many examples each step trained on
 * @param accuracies the share of answers that were right before each update; NaN of numbers
 * @param stopReason why the test stopped early; empty if it went to the end
 */
public record FinderResult(
    List<FinderStep> steps,
    List<Long> examples,
    List<Double> accuracies,
    Optional<StopReason> stopReason) {

  public FinderResult {
    steps = List.copyOf(steps);
    examples = List.copyOf(examples);
    accuracies = List.copyOf(accuracies);
  }

  /** A test as it was recorded, but for the reason of its stop. */
  static FinderResult of(List<FinderStepRow> rows) {
    return new FinderResult(
        rows.stream()
            .map(
                row ->
                    new FinderStep(
                        row.step(),
                        row.lr(),
                        row.lrMultiplier(),
                        row.loss(),
                        row.smoothedLoss(),
                        row.bestLoss()))
            .toList(),
        rows.stream().map(FinderStepRow::examples).toList(),
        rows.stream()
            .map(row -> row.accuracy() == null ? Double.valueOf(Double.NaN) : row.accuracy())
            .toList(),
        Optional.empty());
  }

  /**
   * The curve that the range methods read. A loss that is not a number counts as infinite: it was
   * measured and ended the test, while a NaN of another tool may be a missing value.
   */
  public Curve curve() {
    boolean measured = accuracies.stream().noneMatch(accuracy -> accuracy.isNaN());
    return new Curve(
        steps.stream().mapToDouble(FinderStep::lr).toArray(),
        steps.stream().mapToDouble(FinderResult::loss).toArray(),
        steps.stream().mapToDouble(FinderStep::smoothedLoss).toArray(),
        measured ? accuracies.stream().mapToDouble(Double::doubleValue).toArray() : new double[0]);
  }

  private static double loss(FinderStep step) {
    return Double.isNaN(step.loss()) ? Double.POSITIVE_INFINITY : step.loss();
  }

  /**
   * What a range method makes of the curve.
   *
   * @param method its name, such as {@code descent}
   * @throws IllegalArgumentException if no method has that name
   */
  public Suggestion suggest(String method) {
    return RangeMethods.of(method).suggest(curve());
  }

  /**
   * The steps as rows of the table finder_steps.
   *
   * @param repeat which of the run's range tests this is, 0-based
   */
  public List<FinderStepRow> rows(String runId, int repeat) {
    List<FinderStepRow> rows = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      FinderStep step = steps.get(i);
      rows.add(
          new FinderStepRow(
              runId,
              step.step(),
              step.lr(),
              step.lrMultiplier(),
              step.loss(),
              step.smoothedLoss(),
              step.bestLoss(),
              examples.get(i),
              repeat,
              accuracies.get(i).isNaN() ? null : accuracies.get(i)));
    }
    return rows;
  }
}
