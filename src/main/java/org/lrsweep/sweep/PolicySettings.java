package org.lrsweep.sweep;

import java.util.Optional;
import org.lrsweep.schedule.Annealing;
import org.lrsweep.schedule.MomentumRange;
import org.lrsweep.schedule.OneCycleSchedule.FinalAnnealing;

/**
 * What single policies take besides bounds and step size.
 *
 * @param restartGrowth of cosine_restarts: the factor between one cycle's steps and the next one's,
 *     {@code >= 1}
 * @param upFraction of one_cycle: the climb's part of the steps, {@code 0 < upFraction < 1}
 * @param annealing of one_cycle: the shape of its ways
 * @param finalAnnealing of one_cycle: when the learning rate goes below the lower bound
 * @param finalFraction of one_cycle: the last learning rate as a part of the lower bound, {@code 0
 *     <= finalFraction <= 1}
 * @param momentum of one_cycle: bounds between which the momentum moves against the learning rate;
 *     empty if it stays as the optimizer has it
 */
public record PolicySettings(
    double restartGrowth,
    double upFraction,
    Annealing annealing,
    FinalAnnealing finalAnnealing,
    double finalFraction,
    Optional<MomentumRange> momentum) {

  /**
   * Restarts after cycles of equal length; PyTorch's one-cycle: up for three tenths of the steps,
   * cosine, down to a 10,000th of the lower bound, with momentum from 0.95 to 0.85 and back.
   */
  public static PolicySettings defaults() {
    return new PolicySettings(
        1,
        0.3,
        Annealing.COSINE,
        FinalAnnealing.WITHIN_DESCENT,
        1e-4,
        Optional.of(new MomentumRange(0.85, 0.95)));
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public PolicySettings {
    if (!(restartGrowth >= 1 && restartGrowth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "restartGrowth must be finite and >= 1, found " + restartGrowth);
    }
    if (!(upFraction > 0 && upFraction < 1)) {
      throw new IllegalArgumentException("upFraction must be > 0 and < 1, found " + upFraction);
    }
    if (!(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException(
          "finalFraction must be >= 0 and <= 1, found " + finalFraction);
    }
  }
}
