package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lrsweep.results.Metric;

/**
 * The median rule: a trial stops that is worse, at the end of a cycle, than the median of others at
 * theirs after as many steps, by the metric that ranks (Golovin and others, <i>Google Vizier</i>,
 * KDD 2017, section 3.2.1). The others are those before it in the list, so that the answer depends
 * on what trials come to and not on which of them is first: a trial that is ahead of one before it
 * waits for it. Those before it began no later, so that waits are short as a rule, and no two wait
 * for each other.
 *
 * <p>Thread-safe.
 */
public final class Pruning {
  /** As Ray Tune's MedianStoppingRule. */
  private static final int LEAST_OTHERS = 3;

  private static final long BETWEEN_LOOKS_MS = 200;

  private final List<Trial> trials;
  private final Map<String, List<TrialEpoch>> epochs = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private boolean brokenOff;

  /**
   * @param trials all of the sweep, in the order in which they begin, those that ended before
   *     included
   */
  public Pruning(List<Trial> trials) {
    this.trials = List.copyOf(trials);
  }

  /** Takes note that a trial has ended, and of the epochs that it finished. */
  public synchronized void ended(Trial trial, List<TrialEpoch> finished) {
    epochs.put(trial.id(), List.copyOf(finished));
    ended.add(trial.id());
    notifyAll();
  }

  /**
   * Why a trial is to stop; empty if it is to go on.
   *
   * @param finished its epochs so far
   * @throws SweepBrokenException if the sweep ends while it waits for others
   */
  synchronized Optional<String> reason(Trial trial, List<TrialEpoch> finished) {
    epochs.put(trial.id(), List.copyOf(finished));
    notifyAll();
    long step = (long) finished.size() * trial.stepsPerEpoch();
    if (!trial.cycleEnds().contains(step) || step >= trial.steps()) {
      return Optional.empty();
    }
    Scores own = finished.get(finished.size() - 1).scores();
    if (own == null) {
      return Optional.empty();
    }
    List<Double> others = new ArrayList<>();
    for (Trial other : trials.subList(0, trials.indexOf(trial))) {
      if (other.cycleEnds().contains(step)) {
        await(other, finished.size());
        List<TrialEpoch> its = epochs.getOrDefault(other.id(), List.of());
        if (its.size() >= finished.size() && its.get(finished.size() - 1).scores() != null) {
          others.add(its.get(finished.size() - 1).scores().value());
        }
      }
    }
    if (others.size() < LEAST_OTHERS
        || !own.metric().isBetter(median(others, own.metric()), own.value())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "it was pruned after epoch %d, where its cycle ended with %s %.4f, worse than the"
                + " median of the %d trials before it there, %.4f",
            finished.size(),
            own.metric().label(),
            own.value(),
            others.size(),
            median(others, own.metric())));
  }

  private void await(Trial other, int epoch) {
    boolean interrupted = false;
    while (!ended.contains(other.id())
        && epochs.getOrDefault(other.id(), List.of()).size() < epoch) {
      if (brokenOff || interrupted) {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw new SweepBrokenException(
            "The sweep ended while a trial waited for " + other.id() + ", to be judged by it",
            null);
      }
      try {
        wait(BETWEEN_LOOKS_MS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  synchronized void breakOff() {
    brokenOff = true;
    notifyAll();
  }

  private static double median(List<Double> values, Metric metric) {
    List<Double> sorted = new ArrayList<>(values);
    sorted.sort(metric.bestFirst());
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
