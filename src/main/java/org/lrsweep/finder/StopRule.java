package org.lrsweep.finder;

import java.io.Serializable;
import java.util.Optional;
import org.lrsweep.curve.Smoothing;

/**
 * The stop rule of a range test, the tutorial's: smooths the losses, keeps the best, says when to
 * stop.
 *
 * <p>After step i (counted from 1) with the batch loss l:
 *
 * <pre>
 * average = beta * average + (1 - beta) * l
 * smooth  = average / (1 - beta^i)
 * stop if i > 1 and smooth > stopFactor * best
 * best    = smooth if i = 1 or smooth &lt; best
 * </pre>
 *
 * A loss that is NaN or infinite stops the test too. The step that stops it is still recorded.
 *
 * <p>Four times a best loss below zero would be less than itself. There the test stops where the
 * smoothed loss has risen from the best one by {@code stopFactor - 1} times its distance from zero,
 * or from the first one if that is farther: a loss that is on its way through zero is near it for a
 * while. A loss that has an upper bound, such as a cosine, may never rise as far.
 *
 * <p>{@link #state()} is all there is to know between two steps: a test made from it goes on with
 * the same bits. Not thread-safe.
 */
public final class StopRule {

  /** The tutorial's smoothing, 0.98. */
  public static final double DEFAULT_BETA = Smoothing.DEFAULT_BETA;

  /** The tutorial's stop factor, 4. */
  public static final double DEFAULT_STOP_FACTOR = 4.0;

  /**
   * The rule between two steps.
   *
   * @param steps how many steps were recorded
   * @param firstLr the first step's learning rate, 0 before it
   * @param firstLoss the first step's loss, 0 before it
   * @param average the exponential average of the losses, not debiased
   * @param best the lowest smoothed loss, 0 before the first step
   * @param stopReason why the test stopped, null while it goes on
   */
  public record State(
      long steps,
      double firstLr,
      double firstLoss,
      double average,
      double best,
      StopReason stopReason)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Before the first step. */
    public static final State START = new State(0, 0, 0, 0, 0, null);
  }

  private final double beta;
  private final double stopFactor;
  private State state;

  /**
   * A test at its start.
   *
   * @param beta the weight of the past in the smoothed loss, {@code 0 <= beta < 1}
   * @param stopFactor the test stops when the smoothed loss exceeds this many times the best one,
   *     {@code > 1}; positive infinity switches this rule off
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public StopRule(double beta, double stopFactor) {
    this(beta, stopFactor, State.START);
  }

  /**
   * A test that goes on from where another one was.
   *
   * @param beta as the other test's
   * @param stopFactor as the other test's
   * @param state the other test's
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public StopRule(double beta, double stopFactor, State state) {
    Smoothing.of(beta);
    if (!(stopFactor > 1)) {
      throw new IllegalArgumentException("stopFactor must be > 1, found " + stopFactor);
    }

    this.beta = beta;
    this.stopFactor = stopFactor;
    this.state = state;
  }

  /**
   * Takes in the next step.
   *
   * @param lr the learning rate that the step used, {@code > 0}
   * @param loss the step's loss, any value
   * @throws IllegalStateException if the test has stopped
   */
  public FinderStep record(double lr, double loss) {
    if (isStopped()) {
      throw new IllegalStateException(
          "The range test stopped after step " + (state.steps() - 1) + ": " + state.stopReason());
    }

    boolean first = state.steps() == 0;
    double firstLr = first ? lr : state.firstLr();
    double firstLoss = first ? loss : state.firstLoss();
    Smoothing smoothing = new Smoothing(beta, state.average(), state.steps()).plus(loss);
    double smooth = smoothing.value();
    StopReason stop = null;
    if (!Double.isFinite(loss)) {
      stop = StopReason.NOT_FINITE;
    } else if (!first && smooth > limit()) {
      stop = StopReason.DIVERGED;
    }
    boolean better = first || (smooth < state.best() && Double.isFinite(smooth));
    double best = better ? smooth : state.best();

    FinderStep step = new FinderStep(state.steps(), lr, lr / firstLr, loss, smooth, best);
    state = new State(state.steps() + 1, firstLr, firstLoss, smoothing.average(), best, stop);
    return step;
  }

  private double limit() {
    double best = state.best();
    return best >= 0
        ? stopFactor * best
        : best + (stopFactor - 1) * Math.max(-best, state.firstLoss() - best);
  }

  /** Whether no more step may be recorded. */
  public boolean isStopped() {
    return state.stopReason() != null;
  }

  /** Why the test stopped; empty while it goes on. */
  public Optional<StopReason> stopReason() {
    return Optional.ofNullable(state.stopReason());
  }

  /** What a checkpoint keeps. */
  public State state() {
    return state;
  }
}
