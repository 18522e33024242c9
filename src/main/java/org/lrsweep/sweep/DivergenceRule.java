package org.lrsweep.sweep;

import java.util.Locale;
import java.util.Optional;
import org.lrsweep.curve.Smoothing;

/**
 * The rule that says when a trial's training has come apart: at a loss that is not finite, or a
 * smoothed loss that is far above the trial's start. A trial starts as good as guessing; far above
 * that it has nothing left to lose, and its updates no longer follow any gradient.
 *
 * <pre>
 * diverged if smoothed > start + (factor - 1) * max(|start|, 0.5)
 * </pre>
 *
 * The start is the mean of the first losses: of as few as it takes to be 0.5 or more, and of five
 * at most. For an untrained network that is its first loss, and the rule is {@code smoothed >
 * factor * start}. A smaller loss, as of a trained network or one that may be below zero, says
 * little by itself, and a multiple of it says nothing: a trained network may come back to guessing,
 * whose cross-entropy is at least 0.69, without having diverged.
 *
 * <p>Not thread-safe: it belongs to one trial.
 */
final class DivergenceRule {
  /** Losses nearer to zero are no measure of how far a loss may rise. */
  private static final double LEAST_START = 0.5;

  private static final int STARTING_STEPS = 5;

  private final double factor;
  private State state;

  /**
   * The rule between two steps.
   *
   * @param first the start as far as it is known: the first step's loss, or the mean of the first
   *     losses; 0 before the first step
   * @param average the exponential average of the losses, not debiased
   * @param steps how many steps were judged
   */
  record State(double first, double average, long steps) {
    static final State START = new State(0, 0, 0);
  }

  DivergenceRule(double factor, State state) {
    this.factor = factor;
    this.state = state;
  }

  State state() {
    return state;
  }

  /** Takes the next step's loss; a sentence if the trial has diverged with it. */
  Optional<String> judge(long step, double loss) {
    if (!Double.isFinite(loss)) {
      return Optional.of("loss is " + loss + " at step " + step);
    }
    double first = start(loss);
    Smoothing smoothing =
        new Smoothing(Smoothing.DEFAULT_BETA, state.average(), state.steps()).plus(loss);
    state = new State(first, smoothing.average(), smoothing.count());
    double smoothed = smoothing.value();
    if (first >= LEAST_START) {
      return smoothed > factor * first
          ? Optional.of(above(smoothed, step, factor * first, factor + " times the first loss"))
          : Optional.empty();
    }
    double limit = first + (factor - 1) * Math.max(Math.abs(first), LEAST_START);
    return smoothing.count() > STARTING_STEPS && smoothed > limit
        ? Optional.of(above(smoothed, step, limit, "too far from its start, " + number(first)))
        : Optional.empty();
  }

  private double start(double loss) {
    long steps = state.steps();
    boolean known = (steps > 0 && state.first() >= LEAST_START) || steps >= STARTING_STEPS;
    return known ? state.first() : (state.first() * steps + loss) / (steps + 1);
  }

  private static String above(double smoothed, long step, double limit, String meaning) {
    return "smoothed loss "
        + number(smoothed)
        + " at step "
        + step
        + " is above "
        + number(limit)
        + ", "
        + meaning;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
