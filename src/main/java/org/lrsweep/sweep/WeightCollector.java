package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.lrsweep.network.TrainingState;
import org.lrsweep.sweep.CollectedWeights.WeightSnapshot;

/**
 * Keeps a trial's weights on the way: their mean, and the last snapshots.
 *
 * <p>SWA's mean and the snapshots are of the ends of cycles. A trial that ends fewer than two
 * cycles, as under one_cycle, linear or constant, has the ends of its epochs in the last quarter
 * instead, the part of the budget that SWA's paper averages over. The exponential mean is of the
 * ends of all epochs, since the weights come to the driver there anyway: after an epoch of k steps
 * {@code decay^k} of it is left.
 *
 * <p>Not thread-safe: it belongs to one trial.
 */
final class WeightCollector {
  /** Izmailov and others, section 4.1: conventional training for 0.75 of the budget. */
  private static final double CONVENTIONAL_PART = 0.75;

  private final WeightSettings settings;
  private final int stepsPerEpoch;
  private final NavigableSet<Long> points;
  private CollectedWeights collected;

  /**
   * @param collected as far as the trial came before
   */
  WeightCollector(Trial trial, WeightSettings settings, CollectedWeights collected) {
    this.settings = settings;
    this.stepsPerEpoch = trial.stepsPerEpoch();
    this.collected = collected;
    points = points(settings, trial);
  }

  /** Whether a trial keeps the same weights as a longer one, as far as it goes. */
  static boolean isSame(WeightSettings settings, Trial trial, Trial longer) {
    return points(settings, longer).headSet(trial.steps(), true).equals(points(settings, trial));
  }

  private static NavigableSet<Long> points(WeightSettings settings, Trial trial) {
    if (!settings.hasAny()) {
      return new TreeSet<>();
    }
    if (settings.average() == Average.EMA && settings.snapshots() == 0) {
      return epochEnds(trial, 0);
    }
    NavigableSet<Long> ends = trial.cycleEnds();
    if (ends.size() < 2) {
      ends = epochEnds(trial, Math.round(CONVENTIONAL_PART * trial.steps()));
    }
    return ends;
  }

  private static NavigableSet<Long> epochEnds(Trial trial, long after) {
    NavigableSet<Long> ends = new TreeSet<>();
    LongStream.rangeClosed(1, trial.epochs())
        .map(epoch -> epoch * trial.stepsPerEpoch())
        .filter(end -> end > after)
        .forEach(ends::add);
    return ends;
  }

  /** Where training is to stop next so that no weights are missed, {@code <= end}. */
  long stop(long step, long end) {
    Long next = points.higher(step);
    return next == null ? end : Math.min(next, end);
  }

  /** Takes the weights after so many steps, if they are wanted. */
  void reached(long steps, Supplier<TrainingState> state) {
    boolean inMean =
        switch (settings.average()) {
          case NONE -> false;
          case SWA -> points.contains(steps);
          case EMA -> steps % stepsPerEpoch == 0;
        };
    boolean inEnsemble = settings.snapshots() > 0 && points.contains(steps);
    if (!inMean && !inEnsemble) {
      return;
    }
    float[] parameters = state.get().parameters();
    collected =
        new CollectedWeights(
            inMean ? Optional.of(mean(parameters)) : collected.mean(),
            collected.count() + (inMean ? 1 : 0),
            inEnsemble ? snapshots(steps, parameters) : collected.snapshots());
  }

  private float[] mean(float[] next) {
    if (collected.mean().isEmpty()) {
      return next;
    }
    float[] before = collected.mean().get();
    double part =
        settings.average() == Average.EMA
            ? 1 - Math.pow(settings.emaDecay(), stepsPerEpoch)
            : 1.0 / (collected.count() + 1);
    float[] mean = new float[next.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (before[i] + part * ((double) next[i] - before[i]));
    }
    return mean;
  }

  private List<WeightSnapshot> snapshots(long steps, float[] parameters) {
    List<WeightSnapshot> all = new ArrayList<>(collected.snapshots());
    all.add(new WeightSnapshot(steps, parameters));
    return all.subList(Math.max(0, all.size() - settings.snapshots()), all.size());
  }

  /** What was kept so far. */
  CollectedWeights collected() {
    return collected;
  }
}
