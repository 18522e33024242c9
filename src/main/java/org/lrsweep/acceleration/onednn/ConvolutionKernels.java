package org.lrsweep.acceleration.onednn;

/** The forward and backward kernels of a convolution, of whichever kind. */
public interface ConvolutionKernels {

  /** What the forward kernel puts out: shape and layout. */
  ImageBatch output();

  /** Convolves; addresses are of images in the layouts of input and output, or of parameters. */
  void forward(long source, long weights, long bias, long target);

  /** The gradients of weights and bias, after a forward pass over the same source. */
  void backwardWeights(long source, long outputGradient, long weightsGradient, long biasGradient);

  /** The gradient at the input, after {@link #backwardWeights} of the same output gradient. */
  void backwardData(long outputGradient, long weights, long inputGradient);
}
