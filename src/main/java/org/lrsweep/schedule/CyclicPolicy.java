package org.lrsweep.schedule;

import java.util.List;

/**
 * How the amplitude of a cyclical learning rate changes over time: the three policies of Leslie
 * Smith, <a href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates for Training Neural
 * Networks</a>.
 */
public enum CyclicPolicy {
  /** The amplitude stays. */
  TRIANGULAR("triangular"),
  /** The amplitude halves with each cycle: {@code 1 / 2^(cycle - 1)}, cycles counted from 1. */
  TRIANGULAR2("triangular2"),
  /** The amplitude shrinks with each step: {@code gamma^step}. */
  EXP_RANGE("exp_range");

  private final String label;

  CyclicPolicy(String label) {
    this.label = label;
  }

  /** The policy's name in the configuration and in the result tables. */
  public String label() {
    return label;
  }

  /**
   * The policy of a name.
   *
   * @throws IllegalArgumentException if no policy has it
   */
  public static CyclicPolicy of(String label) {
    return Labels.find("policy", label, List.of(values()), CyclicPolicy::label);
  }

  double scale(long cycle, long step, double gamma) {
    return switch (this) {
      case TRIANGULAR -> 1.0;
      case TRIANGULAR2 -> Math.pow(2.0, 1 - (double) cycle);
      case EXP_RANGE -> Math.pow(gamma, (double) step);
    };
  }
}
