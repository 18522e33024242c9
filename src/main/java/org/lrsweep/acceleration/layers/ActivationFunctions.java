package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.lrsweep.acceleration.onednn.EltwiseFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Deeplearning4j's activation functions in oneDNN's terms. */
public final class ActivationFunctions {

  private static final double SIX = 6;

  private ActivationFunctions() {}

  public static boolean isIdentity(IActivation activation) {
    return activation instanceof ActivationIdentity;
  }

  /** Whether it is ReLU as it mostly is, without a bound, a slope or a threshold. */
  public static boolean isPlainRelu(IActivation activation) {
    return of(activation).filter(EltwiseFunction.RELU::equals).isPresent();
  }

  /** oneDNN's function of the same values and gradients; empty if it has none. */
  public static Optional<EltwiseFunction> of(IActivation activation) {
    if (activation instanceof ActivationReLU relu) {
      return relu(relu);
    }
    if (activation instanceof ActivationLReLU leaky && leaky.getAlpha() >= 0) {
      return Optional.of(EltwiseFunction.leakyRelu(leaky.getAlpha()));
    }
    if (activation instanceof ActivationReLU6) {
      return Optional.of(EltwiseFunction.clippedRelu(SIX));
    }
    // With another factor, stock layers put out one function and differentiate another.
    if (activation instanceof ActivationELU && activation.equals(new ActivationELU())) {
      return Optional.of(EltwiseFunction.ELU);
    }
    if (activation instanceof ActivationSwish) {
      return Optional.of(EltwiseFunction.SWISH);
    }
    if (activation instanceof ActivationSigmoid) {
      return Optional.of(EltwiseFunction.SIGMOID);
    }
    return activation instanceof ActivationTanH
        ? Optional.of(EltwiseFunction.TANH)
        : Optional.empty();
  }

  private static Optional<EltwiseFunction> relu(ActivationReLU relu) {
    double slope = orZero(relu.getNegativeSlope());
    double most = orZero(relu.getMax());
    if (orZero(relu.getThreshold()) != 0 || slope < 0 || most < 0) {
      return Optional.empty();
    }
    if (relu.getMax() == null) {
      return Optional.of(EltwiseFunction.leakyRelu(slope));
    }
    return most > 0 && slope == 0
        ? Optional.of(EltwiseFunction.clippedRelu(most))
        : Optional.empty();
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }
}
