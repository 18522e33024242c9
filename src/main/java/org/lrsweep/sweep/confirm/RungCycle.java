package org.lrsweep.sweep.confirm;

import java.util.OptionalDouble;
import org.lrsweep.results.FinderConfirmRow;
import org.lrsweep.schedule.LrRange;

/**
 * A cycle of a rung, and what came of it.
 *
 * @param rung 1-based, the lowest upper bound first
 * @param range that it cycles in
 * @param cycle 1-based
 * @param steps trained in it
 * @param millis that it took
 * @param loss on the validation part at its end; empty if it didn't come to its end
 * @param verdict whether the rung goes on, and why
 */
public record RungCycle(
    int rung,
    LrRange range,
    int cycle,
    long steps,
    long millis,
    OptionalDouble loss,
    Verdict verdict) {

  /**
   * What the halving made of a rung.
   *
   * @param kept whether it goes on, or is the one that is left
   * @param reason in a sentence
   */
  public record Verdict(boolean kept, String reason) {}

  /** The bound that is tried. */
  public double upperBound() {
    return range.maxLr();
  }

  FinderConfirmRow row(String runId) {
    return new FinderConfirmRow(
        runId,
        rung,
        range.baseLr(),
        range.maxLr(),
        cycle,
        steps,
        loss.isPresent() ? loss.getAsDouble() : null,
        verdict.kept(),
        verdict.reason(),
        millis);
  }

  static RungCycle of(FinderConfirmRow row) {
    return new RungCycle(
        row.rung(),
        new LrRange(row.baseLr(), row.maxLr()),
        row.cycle(),
        row.steps(),
        row.durationMs(),
        row.valLoss() == null ? OptionalDouble.empty() : OptionalDouble.of(row.valLoss()),
        new Verdict(row.kept(), row.reason()));
  }
}
