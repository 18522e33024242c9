package org.lrsweep.config;

/**
 * How gradients become updates.
 *
 * @param type {@code momentum}, {@code nesterov}, {@code adam}, {@code adamw}, {@code rmsprop} or
 *     {@code model}
 * @param momentum of momentum and nesterov, {@code 0 <= momentum < 1}
 * @param beta1 of adam and adamw, {@code 0 <= beta1 < 1}
 * @param beta2 of adam and adamw, {@code 0 <= beta2 < 1}
 * @param epsilon of adam, adamw and rmsprop, {@code > 0}
 * @param rmsDecay of rmsprop, {@code 0 <= rmsDecay < 1}
 * @param weightDecay decoupled, {@code >= 0}
 */
public record OptimizerConfig(
    String type,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    double rmsDecay,
    double weightDecay) {

  /**
   * @throws InvalidConfigException if a value is out of its range, or the weight decay is not such
   *     as the type needs
   */
  public OptimizerConfig {
    Check.fraction("optimizer.momentum", momentum);
    Check.fraction("optimizer.beta1", beta1);
    Check.fraction("optimizer.beta2", beta2);
    Check.that(epsilon > 0, "optimizer.epsilon", "> 0", epsilon);
    Check.fraction("optimizer.rms-decay", rmsDecay);
    Check.that(
        weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
        "optimizer.weight-decay",
        ">= 0",
        weightDecay);
    Check.that(
        weightDecay > 0 || !type.equals("adamw"),
        "optimizer.weight-decay",
        "> 0 for adamw, as 0.01 (without it, take adam)",
        weightDecay);
    Check.that(
        weightDecay == 0 || !type.equals("model"),
        "optimizer.weight-decay",
        "0 for type model, whose network has its own penalties",
        weightDecay);
  }
}
