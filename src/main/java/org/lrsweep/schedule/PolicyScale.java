package org.lrsweep.schedule;

/**
 * The amplitude scale of one of Smith's policies.
 *
 * @param policy how the amplitude changes over time
 * @param gamma exp_range's factor for each step, {@code 0 < gamma <= 1}
 */
public record PolicyScale(CyclicPolicy policy, double gamma) implements AmplitudeScale {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public PolicyScale {
    Check.given("policy", policy);
    Check.factor("gamma", gamma);
  }

  @Override
  public double at(long cycle, long step) {
    return policy.scale(cycle, step, gamma);
  }
}
