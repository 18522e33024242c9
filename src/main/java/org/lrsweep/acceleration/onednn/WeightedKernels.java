package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.global.dnnl;

/**
 * Runs the three kernels of what has weights and a bias: convolution, deconvolution and inner
 * product name their arguments alike.
 */
final class WeightedKernels {
  private WeightedKernels() {}

  static void forward(Primitive kernel, long source, long weights, long bias, long target) {
    kernel
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_WEIGHTS, weights)
        .at(dnnl.DNNL_ARG_BIAS, bias)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  static void backwardWeights(
      Primitive kernel, long source, long outputGradient, long weightsGradient, long biasGradient) {
    kernel
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_WEIGHTS, weightsGradient)
        .at(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient)
        .run();
  }

  static void backwardData(
      Primitive kernel, long outputGradient, long weights, long inputGradient) {
    kernel
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_WEIGHTS, weights)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }
}
