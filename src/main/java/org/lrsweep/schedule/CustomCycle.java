package org.lrsweep.schedule;

/**
 * A cyclical learning rate whose way up and way down may differ in length and whose amplitude
 * follows a function of one's own.
 *
 * <p>Within a cycle the learning rate climbs linearly from base to max in {@code stepsUp} steps and
 * falls back in {@code stepsDown}; the amplitude is multiplied by {@code scale}. This is PyTorch's
 * <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html">
 * CyclicLR</a>.
 *
 * @param baseLr the lower bound, {@code >= 0}
 * @param maxLr the upper bound, {@code >= baseLr}
 * @param stepsUp steps from base to max, {@code >= 1}
 * @param stepsDown steps from max back to base, {@code >= 1}
 * @param scale the amplitude's factor
 */
public record CustomCycle(
    double baseLr, double maxLr, long stepsUp, long stepsDown, AmplitudeScale scale)
    implements Cyclical {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public CustomCycle {
    Check.range(baseLr, maxLr);
    Check.atLeast("stepsUp", stepsUp, 1);
    Check.atLeast("stepsDown", stepsDown, 1);
    Check.given("scale", scale);
  }

  @Override
  public double learningRate(long step) {
    return baseLr + (maxLr - baseLr) * height(step);
  }

  @Override
  public double height(long step) {
    TriangleWave wave = new TriangleWave(stepsUp, stepsDown);
    return wave.height(step) * scale.at(wave.cycle(step), step);
  }
}
