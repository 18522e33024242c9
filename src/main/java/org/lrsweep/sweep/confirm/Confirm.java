package org.lrsweep.sweep.confirm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.confirm.RungCycle.Verdict;

/** Tries the rungs of a plan cycle by cycle, and lets the better half of them go on. */
public final class Confirm {
  private final ConfirmPlan plan;
  private final Cycles cycles;
  private final List<Trial> trials;

  /** Trains rungs for a cycle, side by side or in turn. */
  @FunctionalInterface
  public interface Cycles {
    /**
     * Trains trials from where they are to the end of an epoch, at once where they are beyond it.
     *
     * @param rungs in the order of their bounds
     * @param epoch 1-based
     * @return an outcome for each, complete to that epoch unless it diverged or failed
     */
    Map<Trial, TrialOutcome> train(List<Trial> rungs, int epoch);
  }

  public Confirm(ConfirmPlan plan, Cycles cycles) {
    this.plan = plan;
    this.cycles = cycles;
    trials = plan.trials();
  }

  /** A rung after a cycle. */
  private record Tried(Trial trial, TrialOutcome outcome, OptionalDouble loss) {}

  /**
   * Runs all cycles, fewer if only one rung is left before.
   *
   * @param heard of each rung, when all have ended the cycle
   */
  public Confirmation run(Consumer<RungCycle> heard) {
    List<RungCycle> all = new ArrayList<>();
    List<Trial> left = trials;
    for (int cycle = 1; cycle <= plan.halving().cycles() && left.size() > 1; cycle++) {
      int end = cycle * plan.cycle().parts();
      Map<Trial, TrialOutcome> outcomes = cycles.train(left, end);
      List<Tried> tried =
          left.stream()
              .map(trial -> new Tried(trial, outcomes.get(trial), loss(outcomes.get(trial), end)))
              .toList();
      List<Tried> ranked =
          tried.stream()
              .filter(rung -> rung.loss().isPresent())
              // Of equal ones the lower bound comes first, as it did before.
              .sorted(Comparator.comparingDouble(rung -> rung.loss().getAsDouble()))
              .toList();
      int keep = plan.halving().trained(cycle + 1);
      List<Tried> kept = ranked.subList(0, Math.min(keep, ranked.size()));
      for (Tried rung : tried) {
        RungCycle ended = cycle(rung, cycle, verdict(rung, ranked, kept));
        heard.accept(ended);
        all.add(ended);
      }
      left =
          left.stream()
              .filter(trial -> kept.stream().anyMatch(k -> k.trial().equals(trial)))
              .toList();
    }
    return new Confirmation(all);
  }

  private static OptionalDouble loss(TrialOutcome outcome, int epoch) {
    if (outcome.epochs().size() < epoch) {
      return OptionalDouble.empty();
    }
    Double loss = outcome.epochs().get(epoch - 1).valLoss();
    return loss == null || !Double.isFinite(loss)
        ? OptionalDouble.empty()
        : OptionalDouble.of(loss);
  }

  private RungCycle cycle(Tried rung, int cycle, Verdict verdict) {
    int parts = plan.cycle().parts();
    long first = (long) (cycle - 1) * plan.cycle().steps();
    long steps = Math.min(rung.outcome().steps().size() - first, plan.cycle().steps());
    List<TrialEpoch> epochs = rung.outcome().epochs();
    long millis =
        epochs.stream()
            .skip((cycle - 1L) * parts)
            .limit(parts)
            .mapToLong(e -> e.durationMs())
            .sum();
    int number = trials.indexOf(rung.trial());
    return new RungCycle(
        number + 1,
        plan.ranges().get(number),
        cycle,
        Math.max(0, steps),
        millis,
        rung.loss(),
        verdict);
  }

  private static Verdict verdict(Tried rung, List<Tried> ranked, List<Tried> kept) {
    int rank = ranked.indexOf(rung);
    if (rank < 0) {
      return new Verdict(false, ending(rung.outcome()));
    }
    String place =
        String.format(
            Locale.ROOT,
            "validation loss %.4g, rank %d of %d",
            rung.loss().getAsDouble(),
            rank + 1,
            ranked.size());
    boolean stays = kept.contains(rung);
    String fate =
        kept.size() == 1
            ? stays ? "the one that is left" : "the best one is left"
            : stays
                ? "among the best " + kept.size() + ", which go on"
                : "the best " + kept.size() + " go on";
    return new Verdict(stays, place + ": " + fate);
  }

  private static String ending(TrialOutcome outcome) {
    String how = outcome.status() == TrialStatus.FAILED ? "failed" : "diverged";
    return outcome.error().map(error -> how + ": " + error).orElse("no finite validation loss");
  }
}
