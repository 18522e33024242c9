package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.lrsweep.acceleration.onednn.ConvolutionKernels;
import org.lrsweep.acceleration.onednn.Eltwise;
import org.lrsweep.acceleration.onednn.EltwiseFunction;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.nd4j.linalg.activations.IActivation;

/**
 * The activation function of a convolution: in the convolution's own kernel, or behind it, where
 * the gradient needs the sums that the convolution puts out.
 */
final class ConvolutionActivation {

  private final Optional<Eltwise> eltwise;
  private final GrowingBuffer sums = new GrowingBuffer();
  private final GrowingBuffer sumsGradient = new GrowingBuffer();

  /**
   * @param activation one of {@link ActivationFunctions}; anything else is the identity
   */
  ConvolutionActivation(ExecutionContext context, IActivation activation) {
    eltwise = ActivationFunctions.of(activation).map(function -> new Eltwise(context, function));
  }

  boolean isIdentity() {
    return eltwise.isEmpty();
  }

  /** What the convolution's own kernel must do with its sums. */
  Optional<EltwiseFunction> fused() {
    return eltwise.map(Eltwise::function).filter(EltwiseFunction::differentiatesByOutput);
  }

  private boolean keepsSums() {
    return eltwise.isPresent() && fused().isEmpty();
  }

  /** Convolves, by kernels made with {@link #fused}, and activates. */
  void forwardFused(
      ConvolutionKernels primitives, long source, long weights, long bias, long target) {
    if (keepsSums()) {
      forward(primitives, source, weights, bias, target);
    } else {
      primitives.forward(source, weights, bias, target);
    }
  }

  /** Convolves, by kernels that only do that, and activates. */
  void forward(ConvolutionKernels primitives, long source, long weights, long bias, long target) {
    long sumsAt = keepsSums() ? sums.atLeast(primitives.output()).address() : target;
    primitives.forward(source, weights, bias, sumsAt);
    eltwise.ifPresent(function -> function.forward(primitives.output(), sumsAt, target));
  }

  /**
   * The gradient at the convolution's sums.
   *
   * @param output what {@link #forward} has put out
   * @param outputGradient the gradient there, which stays as it is
   */
  long gradientAtSums(ImageBatch images, long output, long outputGradient) {
    if (eltwise.isEmpty()) {
      return outputGradient;
    }
    long target = sumsGradient.atLeast(images).address();
    long values = keepsSums() ? sums.address() : output;
    eltwise.get().backward(images, values, outputGradient, target);
    return target;
  }
}
