package org.lrsweep.schedule;

import java.util.OptionalDouble;

/**
 * A cyclical schedule that moves the momentum against the learning rate: {@code maxMomentum -
 * (maxMomentum - baseMomentum) * height}, so the momentum is lowest where the learning rate peaks.
 *
 * @param schedule gives the learning rate and the height
 * @param baseMomentum the momentum at the peak, {@code 0 <= baseMomentum <= maxMomentum}
 * @param maxMomentum the momentum at the low end, {@code < 1}
 */
public record CycledMomentum(Cyclical schedule, double baseMomentum, double maxMomentum)
    implements Cyclical {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public CycledMomentum {
    Check.given("schedule", schedule);
    Check.require(
        maxMomentum >= 0 && maxMomentum < 1,
        "maxMomentum must be >= 0 and < 1, found " + maxMomentum);
    Check.require(
        baseMomentum >= 0 && baseMomentum <= maxMomentum,
        "baseMomentum must be >= 0 and <= maxMomentum ("
            + maxMomentum
            + "), found "
            + baseMomentum);
  }

  @Override
  public double learningRate(long step) {
    return schedule.learningRate(step);
  }

  @Override
  public double height(long step) {
    return schedule.height(step);
  }

  @Override
  public OptionalDouble momentum(long step) {
    return OptionalDouble.of(maxMomentum - (maxMomentum - baseMomentum) * height(step));
  }
}
