package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * An activation function as oneDNN's element-wise primitives know it.
 *
 * @param forward oneDNN's name of the function
 * @param backward the same, or the variant whose gradient is computed from what the function has
 *     put out, so that nobody has to keep its input
 * @param alpha oneDNN's first parameter of the function
 * @param beta oneDNN's second parameter
 */
public record EltwiseFunction(algorithm forward, algorithm backward, float alpha, float beta) {

  public static final EltwiseFunction RELU = leakyRelu(0);
  public static final EltwiseFunction SIGMOID =
      new EltwiseFunction(
          algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0);
  public static final EltwiseFunction TANH =
      new EltwiseFunction(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0);

  /** {@code x} above 0, {@code exp(x) - 1} below. */
  public static final EltwiseFunction ELU =
      new EltwiseFunction(algorithm.eltwise_elu, algorithm.eltwise_elu_use_dst_for_bwd, 1, 0);

  /** {@code x * sigmoid(x)}. */
  public static final EltwiseFunction SWISH =
      new EltwiseFunction(algorithm.eltwise_swish, algorithm.eltwise_swish, 1, 0);

  /**
   * {@code x} above 0, {@code slope * x} below.
   *
   * @param slope {@code >= 0}: else an output tells nothing of its input's sign
   */
  public static EltwiseFunction leakyRelu(double slope) {
    return new EltwiseFunction(
        algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, (float) slope, 0);
  }

  /**
   * ReLU that puts out no more than this.
   *
   * @param most {@code > 0}
   */
  public static EltwiseFunction clippedRelu(double most) {
    return new EltwiseFunction(
        algorithm.eltwise_clip_v2, algorithm.eltwise_clip_v2_use_dst_for_bwd, 0, (float) most);
  }

  /** Whether the gradient is computed from the function's output; else it is from its input. */
  public boolean differentiatesByOutput() {
    return forward != backward;
  }
}
