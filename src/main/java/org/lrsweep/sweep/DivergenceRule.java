package org.lrsweep.sweep;

import java.util.Locale;
import java.util.Optional;
import org.lrsweep.range.Smoothing;

/**
 * Says when a trial's training has come apart: a loss that is not finite, or a smoothed loss that
 * is a multiple of the trial's first. A trial starts as good as guessing; far above that it has
 * nothing left to lose, and its updates no longer follow any gradient.
 *
 * <p>Not thread-safe: it belongs to one trial.
 */
final class DivergenceRule {
  private final double factor;
  private State state;

  /**
   * The rule between two steps.
   *
   * @param first the first step's loss, 0 before it
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
    double first = state.steps() == 0 ? loss : state.first();
    Smoothing smoothing =
        new Smoothing(Smoothing.DEFAULT_BETA, state.average(), state.steps()).plus(loss);
    state = new State(first, smoothing.average(), smoothing.count());
    double smoothed = smoothing.value();
    if (smoothed > factor * first) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "smoothed loss %.4g at step %d is above %.4g, %s times the first loss",
              smoothed,
              step,
              factor * first,
              factor));
    }
    return Optional.empty();
  }
}
