package org.lrsweep.schedule;

/**
 * Cosine annealing with warm restarts: SGDR of Loshchilov and Hutter, <a
 * href="https://arxiv.org/abs/1608.03983">SGDR: Stochastic Gradient Descent with Warm Restarts</a>.
 *
 * <pre>
 * lr = base + (max - base) * (1 + cos(pi * position / length)) / 2
 * </pre>
 *
 * where position counts from 0 in each cycle, and the first cycle has {@code firstCycleSteps}, each
 * later one {@code growth} times as many as the one before, rounded to whole steps. A cycle begins
 * at the upper bound; its last step is one short of the lower one.
 *
 * @param baseLr the lower bound, {@code >= 0}
 * @param maxLr the upper bound, {@code >= baseLr}
 * @param firstCycleSteps steps of the first cycle, {@code >= 1}
 * @param growth the factor between one cycle's steps and the next one's, {@code >= 1}; the paper's
 *     T_mult
 */
public record CosineRestarts(double baseLr, double maxLr, long firstCycleSteps, double growth)
    implements Cyclical {

  private static final long serialVersionUID = 1L;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public CosineRestarts {
    Check.range(baseLr, maxLr);
    Check.atLeast("firstCycleSteps", firstCycleSteps, 1);
    Check.require(
        Double.isFinite(growth) && growth >= 1, "growth must be finite and >= 1, found " + growth);
  }

  @Override
  public double learningRate(long step) {
    return baseLr + (maxLr - baseLr) * height(step);
  }

  @Override
  public double height(long step) {
    if (growth == 1) {
      return Annealing.COSINE.left((double) (step % firstCycleSteps) / firstCycleSteps);
    }
    long start = 0;
    long length = firstCycleSteps;
    for (int cycle = 1; step - start >= length; cycle++) {
      start += length;
      length = Math.round(firstCycleSteps * Math.pow(growth, cycle));
    }
    return Annealing.COSINE.left((double) (step - start) / length);
  }
}
