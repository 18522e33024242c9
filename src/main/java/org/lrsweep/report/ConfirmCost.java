package org.lrsweep.report;

import java.time.Duration;
import org.lrsweep.results.RunRow;
import org.lrsweep.terminal.Numbers;

/** What it cost to confirm a run's upper bound. */
final class ConfirmCost {
  private ConfirmCost() {}

  /**
   * In words.
   *
   * @param run one that has confirmed its bound
   */
  static String sentence(RunRow run) {
    return Numbers.count(run.confirmSteps())
        + " steps were trained to confirm the upper bound, "
        + Numbers.duration(Duration.ofMillis(run.confirmMs()))
        + " of cycles";
  }
}
