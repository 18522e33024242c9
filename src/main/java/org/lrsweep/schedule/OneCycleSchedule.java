package org.lrsweep.schedule;

import java.util.List;
import java.util.Locale;

/**
 * The one-cycle policy of Smith and Topin, <a href="https://arxiv.org/abs/1708.07120">
 * Super-Convergence</a>: one climb from an initial learning rate to the maximum, one way down, and
 * in the end an annealing far below the initial one.
 *
 * <p>The way down goes from the maximum straight to the final learning rate ({@link
 * FinalAnnealing#WITHIN_DESCENT}), or first back to the initial one as steeply as the climb and
 * then on to the final one ({@link FinalAnnealing#AFTER_DESCENT}, the paper's form). These are the
 * two-phase and three-phase forms of PyTorch's <a
 * href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html">
 * OneCycleLR</a>, whose defaults are initialLr = maxLr / 25, finalLr = initialLr / 10,000,
 * upFraction = 0.3, cosine. After the last step the final learning rate stays.
 *
 * @param initialLr the learning rate of step 0, {@code >= 0}
 * @param maxLr the peak, {@code >= initialLr}
 * @param finalLr the learning rate of the last step, {@code 0 <= finalLr <= initialLr}
 * @param steps how many steps the run has
 * @param upFraction the climb's part of the steps; the climb must be longer than one step and leave
 *     at least one step for each of the other ways
 * @param annealing the shape of every way
 * @param finalAnnealing when the learning rate goes below the initial one
 */
public record OneCycleSchedule(
    double initialLr,
    double maxLr,
    double finalLr,
    long steps,
    double upFraction,
    Annealing annealing,
    FinalAnnealing finalAnnealing)
    implements Cyclical {

  /** When the learning rate goes below the initial one. */
  public enum FinalAnnealing {
    /** On the way down from the peak. */
    WITHIN_DESCENT,
    /** After the way down has come back to the initial learning rate. */
    AFTER_DESCENT;

    /** The name in the configuration. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a name.
     *
     * @throws IllegalArgumentException if none has it
     */
    public static FinalAnnealing of(String label) {
      return Labels.find(label, List.of(values()), FinalAnnealing::label);
    }
  }

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public OneCycleSchedule {
    Check.require(
        Double.isFinite(initialLr) && initialLr >= 0,
        "initialLr must be finite and >= 0, found " + initialLr);
    Check.require(
        Double.isFinite(maxLr) && maxLr >= initialLr,
        "maxLr must be finite and >= initialLr (" + initialLr + "), found " + maxLr);
    Check.require(
        finalLr >= 0 && finalLr <= initialLr,
        "finalLr must be >= 0 and <= initialLr (" + initialLr + "), found " + finalLr);
    Check.given("annealing", annealing);
    Check.given("finalAnnealing", finalAnnealing);
    double peak = upFraction * steps - 1;
    double descentEnd = finalAnnealing == FinalAnnealing.AFTER_DESCENT ? 2 * peak : peak;
    Check.require(
        peak > 0 && descentEnd < steps - 1,
        "upFraction * steps must be > 1 and leave room for the way down, found upFraction "
            + upFraction
            + " and steps "
            + steps);
  }

  /** The step of the peak; between two steps if the fraction says so. */
  private double peak() {
    return upFraction * steps - 1;
  }

  private double descentEnd() {
    return finalAnnealing == FinalAnnealing.AFTER_DESCENT ? 2 * peak() : steps - 1.0;
  }

  @Override
  public double learningRate(long step) {
    double height = height(step);
    if (step <= peak()
        || (finalAnnealing == FinalAnnealing.AFTER_DESCENT && step <= descentEnd())) {
      return initialLr + (maxLr - initialLr) * height;
    } else if (finalAnnealing == FinalAnnealing.WITHIN_DESCENT) {
      return finalLr + (maxLr - finalLr) * height;
    } else {
      return finalLr + (initialLr - finalLr) * left(step, descentEnd(), steps - 1.0);
    }
  }

  @Override
  public double height(long step) {
    return step <= peak() ? 1 - left(step, 0, peak()) : left(step, peak(), descentEnd());
  }

  private double left(long step, double from, double to) {
    return annealing.left(Math.min(1, (step - from) / (to - from)));
  }
}
