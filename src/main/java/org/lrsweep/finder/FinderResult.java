package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.results.FinderStepRow;

/**
 * A finished range test.
 *
 * @param steps every step, in order
 * @param examples how many examples each step trained on
 * @param stopReason why the test stopped early; empty if it went to the end
 */
public record FinderResult(
    List<FinderStep> steps, List<Long> examples, Optional<StopReason> stopReason) {

  public FinderResult {
    steps = List.copyOf(steps);
    examples = List.copyOf(examples);
  }

  /** The steps as rows of the table finder_steps. */
  public List<FinderStepRow> rows(String runId) {
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
              examples.get(i)));
    }
    return rows;
  }
}
