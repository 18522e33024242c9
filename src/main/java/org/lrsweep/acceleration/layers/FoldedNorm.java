package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.lrsweep.acceleration.nd4j.Floats;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.EltwiseFunction;
import org.lrsweep.acceleration.onednn.FusedActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution's weights and bias with the batch norm behind it folded in, for inference: with
 * running statistics for constants, the norm scales and shifts each channel, and so can the
 * convolution. Written anew in each pass, since nothing tells when parameters have changed; that is
 * a copy of the weights.
 */
final class FoldedNorm {

  /** The axis of a convolution's weights, as they lie in memory, that is its output channels. */
  enum Axis {
    FIRST,
    LAST
  }

  private final OneDnnBatchNormalization norm;
  private final Buffer weights;
  private final Buffer bias;
  private final boolean channelsLast;
  private final float[] row;

  /**
   * @param norm the only reader of the convolution
   * @param weights the convolution's
   * @param channels how many the convolution puts out
   * @param axis where the weights have these channels
   */
  FoldedNorm(OneDnnBatchNormalization norm, INDArray weights, long channels, Axis axis) {
    this.norm = norm;
    this.weights = new Buffer(weights.length());
    bias = new Buffer(channels);
    channelsLast = axis == Axis.LAST;
    row = new float[Math.toIntExact(channelsLast ? channels : weights.length() / channels)];
  }

  /** What the norm's kernel does besides. */
  Optional<EltwiseFunction> activation() {
    return norm.activation() == FusedActivation.RELU
        ? Optional.of(EltwiseFunction.RELU)
        : Optional.empty();
  }

  LayerIo io() {
    return norm.io();
  }

  /**
   * Folds in what the norm's parameters are now.
   *
   * @param biases the convolution's; null if it has none
   */
  void fold(INDArray unfolded, INDArray biases) {
    float[] scale = norm.scale();
    float[] shift = norm.shift(scale);
    if (biases != null) {
      float[] before = Floats.of(biases);
      for (int channel = 0; channel < shift.length; channel++) {
        shift[channel] += before[channel] * scale[channel];
      }
    }
    Floats.at(bias.address()).put(shift);
    FloatPointer from = Floats.at(Address.of(unfolded));
    FloatPointer to = Floats.at(weights.address());
    int rows = Math.toIntExact(unfolded.length() / row.length);
    for (int number = 0; number < rows; number++) {
      long start = (long) number * row.length;
      from.position(start).get(row);
      for (int i = 0; i < row.length; i++) {
        row[i] *= scale[channelsLast ? i : number];
      }
      to.position(start).put(row);
    }
  }

  long weights() {
    return weights.address();
  }

  long bias() {
    return bias.address();
  }
}
