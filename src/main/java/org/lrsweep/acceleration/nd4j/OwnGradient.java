package org.lrsweep.acceleration.nd4j;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's gradient as the array that its updater looks for.
 *
 * <p>A stock updater has views of parameters and gradients, but in Deeplearning4j 1.0.0-M2.1 takes
 * every gradient for one from elsewhere, since it asks for the very array object and is given a new
 * view of it, and so makes all views anew in each step: more than half of what a small network's
 * step allocates.
 */
final class OwnGradient extends DefaultGradient {

  private final INDArray own;

  private OwnGradient(Gradient gradient, INDArray own) {
    this.own = own;
    gradient.gradientForVariable().forEach(this::setGradientFor);
  }

  /** The gradient itself, if it is not the network's own but truly one from elsewhere. */
  static Gradient recognize(Gradient gradient, INDArray own) {
    return liesIn(gradient.gradient(), own) ? new OwnGradient(gradient, own) : gradient;
  }

  private static boolean liesIn(INDArray gradient, INDArray own) {
    return gradient.length() == own.length()
        && gradient.data().pointer().address() == own.data().pointer().address()
        && gradient.offset() == own.offset();
  }

  @Override
  public INDArray gradient() {
    return own;
  }
}
