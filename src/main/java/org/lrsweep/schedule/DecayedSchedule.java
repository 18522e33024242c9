package org.lrsweep.schedule;

import java.util.OptionalDouble;

/**
 * Another schedule whose learning rate declines with every step: {@code lr * gamma^step}.
 *
 * <p>Over a triangular schedule this is exp_range as Smith's paper words it ("each boundary value
 * declines by an exponential factor of gamma^iteration"), where the common implementations shrink
 * the amplitude only.
 *
 * @param schedule the schedule that declines; its momentum stays as it is
 * @param gamma the factor for each step, {@code 0 < gamma <= 1}
 */
public record DecayedSchedule(Schedule schedule, double gamma) implements Schedule {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public DecayedSchedule {
    Check.given("schedule", schedule);
    Check.factor("gamma", gamma);
  }

  @Override
  public double learningRate(long step) {
    return schedule.learningRate(step) * Math.pow(gamma, (double) step);
  }

  @Override
  public OptionalDouble momentum(long step) {
    return schedule.momentum(step);
  }
}
