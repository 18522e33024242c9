package org.lrsweep.sweep;

import java.util.Optional;

/**
 * Says when a trial's training has come apart: a loss that is not finite, or a smoothed loss that
 * is a multiple of the trial's first. A trial starts as good as guessing; far above that it has
 * nothing left to lose, and its updates no longer follow any gradient.
 *
 * <p>Not thread-safe: it belongs to one trial.
 */
final class DivergenceRule {
  private static final double BETA = 0.98;

  private final double factor;
  private double first;
  private double average;
  private long steps;

  DivergenceRule(double factor) {
    this.factor = factor;
  }

  /** Takes the next step's loss; a sentence if the trial has diverged with it. */
  Optional<String> judge(long step, double loss) {
    if (!Double.isFinite(loss)) {
      return Optional.of("loss is " + loss + " at step " + step);
    }
    if (steps == 0) {
      first = loss;
    }
    steps++;
    average = BETA * average + (1 - BETA) * loss;
    double smoothed = average / (1 - Math.pow(BETA, (double) steps));
    if (smoothed > factor * first) {
      return Optional.of(
          String.format(
              "smoothed loss %.4g at step %d is above %.4g, %s times the first loss",
              smoothed, step, factor * first, factor));
    }
    return Optional.empty();
  }
}
