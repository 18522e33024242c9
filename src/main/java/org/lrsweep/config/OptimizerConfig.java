package org.lrsweep.config;

/**
 * How gradients become updates.
 *
 * @param type {@code momentum}, {@code nesterov} or {@code adam}
 * @param momentum of momentum and nesterov, {@code 0 <= momentum < 1}
 * @param beta1 of adam, {@code 0 <= beta1 < 1}
 * @param beta2 of adam, {@code 0 <= beta2 < 1}
 * @param epsilon of adam, {@code > 0}
 */
public record OptimizerConfig(
    String type, double momentum, double beta1, double beta2, double epsilon) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public OptimizerConfig {
    Check.fraction("optimizer.momentum", momentum);
    Check.fraction("optimizer.beta1", beta1);
    Check.fraction("optimizer.beta2", beta2);
    Check.that(epsilon > 0, "optimizer.epsilon", "> 0", epsilon);
  }
}
