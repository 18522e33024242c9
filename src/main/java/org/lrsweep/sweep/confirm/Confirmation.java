package org.lrsweep.sweep.confirm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderConfirmRow;

/**
 * What a ladder of upper bounds came to.
 *
 * @param cycles every cycle of every rung, in the order of cycles and then of rungs; at least two
 */
public record Confirmation(List<RungCycle> cycles) {
  /** What its answer is called among those of the range methods. */
  public static final String NAME = "confirm";

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if nothing was tried
   */
  public Confirmation {
    cycles = List.copyOf(cycles);
    if (cycles.size() < 2) {
      throw new IllegalArgumentException("At least two cycles are needed, found " + cycles.size());
    }
  }

  /** The one that is recorded; empty if there is no row. */
  public static Optional<Confirmation> of(List<FinderConfirmRow> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Confirmation(rows.stream().map(RungCycle::of).toList()));
  }

  /** The rows of the table finder_confirm. */
  public List<FinderConfirmRow> rows(String runId) {
    return cycles.stream().map(cycle -> cycle.row(runId)).toList();
  }

  /** Steps that were trained for it. */
  public long steps() {
    return cycles.stream().mapToLong(RungCycle::steps).sum();
  }

  /** How long its cycles took, added up, though several may have run at a time. */
  public long millis() {
    return cycles.stream().mapToLong(RungCycle::millis).sum();
  }

  /** The range of the rung that is left; none if all of them diverged or failed. */
  public Suggestion suggestion() {
    int last = cycles.get(cycles.size() - 1).cycle();
    return in(last).stream()
        .filter(cycle -> cycle.verdict().kept())
        .findFirst()
        .map(this::answer)
        .orElseGet(
            () ->
                Suggestion.none(
                    NAME, tried() + " In cycle " + last + " all of them" + " diverged or failed."));
  }

  private Suggestion answer(RungCycle left) {
    String reason =
        String.format(
            Locale.ROOT,
            "%s After %s the bound %.2e is left, with a validation loss of %.4g%s.",
            tried(),
            left.cycle() == 1 ? "a cycle" : left.cycle() + " cycles",
            left.range().maxLr(),
            left.loss().orElseThrow(),
            beside(left));
    return Suggestion.range(NAME, left.range().baseLr(), left.range().maxLr(), reason);
  }

  private String tried() {
    List<RungCycle> first = in(1);
    return String.format(
        Locale.ROOT,
        "%d upper bounds on the floor, from %.2e to %.2e, were each tried by cycles of %,d steps"
            + " from one start, and the worse half left out at each cycle's end; that took %,d"
            + " steps.",
        first.size(),
        first.get(0).range().maxLr(),
        first.get(first.size() - 1).range().maxLr(),
        first.stream().mapToLong(RungCycle::steps).max().orElseThrow(),
        steps());
  }

  /** The best of those that were left out in the last cycle. */
  private String beside(RungCycle left) {
    return in(left.cycle()).stream()
        .filter(cycle -> cycle.rung() != left.rung() && cycle.loss().isPresent())
        .min((one, other) -> Double.compare(one.loss().getAsDouble(), other.loss().getAsDouble()))
        .map(
            next ->
                String.format(
                    Locale.ROOT,
                    ", before %.2e with %.4g",
                    next.range().maxLr(),
                    next.loss().getAsDouble()))
        .orElse("");
  }

  private List<RungCycle> in(int cycle) {
    return cycles.stream().filter(each -> each.cycle() == cycle).toList();
  }
}
