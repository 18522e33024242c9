package org.lrsweep.sweep.confirm;

/**
 * Successive halving: all candidates are trained for a cycle, the better half of them for one more,
 * and so on until one is left, as in Jamieson and Talwalkar, <a
 * href="https://arxiv.org/abs/1502.07943">Non-stochastic Best Arm Identification</a>.
 *
 * @param candidates at the beginning, {@code >= 2}
 */
public record Halving(int candidates) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if there is nothing to choose from
   */
  public Halving {
    if (candidates < 2) {
      throw new IllegalArgumentException("candidates must be >= 2, found " + candidates);
    }
  }

  /** How many cycles the last two are trained for. */
  public int cycles() {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(candidates);
  }

  /**
   * How many candidates are trained in a cycle.
   *
   * @param cycle 1-based; after the last one 1 is left
   */
  public int trained(int cycle) {
    return candidates >> (cycle - 1);
  }

  /** How many cycles are trained, over all candidates. */
  public int trainedCycles() {
    int all = 0;
    for (int cycle = 1; cycle <= cycles(); cycle++) {
      all += trained(cycle);
    }
    return all;
  }
}
