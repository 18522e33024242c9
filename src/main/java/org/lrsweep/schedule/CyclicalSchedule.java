package org.lrsweep.schedule;

/**
 * A cyclical learning rate: a triangle wave between two bounds, with the formula of Smith's paper
 * as the reference implementation <a href="https://github.com/bckenstler/CLR">bckenstler/CLR</a>
 * states it.
 *
 * <pre>
 * cycle = floor(1 + step / (2 * stepSize))
 * x     = |step / stepSize - 2 * cycle + 1|
 * lr    = base + (max - base) * max(0, 1 - x) * scale
 * </pre>
 *
 * where scale is 1 (triangular), 1 / 2^(cycle - 1) (triangular2) or gamma^step (exp_range: the
 * amplitude shrinks and the base stays; {@link DecayedSchedule} gives the paper's form, in which
 * both bounds shrink).
 *
 * @param policy how the amplitude changes over time
 * @param baseLr the lower bound, {@code >= 0}
 * @param maxLr the upper bound, {@code >= baseLr}
 * @param stepSizeSteps half a cycle, in steps, {@code >= 1}
 * @param gamma exp_range's factor for each step, {@code 0 < gamma <= 1}; the other policies leave
 *     it alone
 */
public record CyclicalSchedule(
    CyclicPolicy policy, double baseLr, double maxLr, long stepSizeSteps, double gamma)
    implements Cyclical {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public CyclicalSchedule {
    Check.given("policy", policy);
    Check.range(baseLr, maxLr);
    Check.atLeast("stepSizeSteps", stepSizeSteps, 1);
    Check.factor("gamma", gamma);
  }

  @Override
  public double learningRate(long step) {
    return baseLr + (maxLr - baseLr) * height(step);
  }

  @Override
  public double height(long step) {
    TriangleWave wave = new TriangleWave(stepSizeSteps, stepSizeSteps);
    return wave.height(step) * policy.scale(wave.cycle(step), step, gamma);
  }
}
