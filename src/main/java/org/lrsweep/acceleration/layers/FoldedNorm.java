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
  private final OneDnnBatchNormalization norm;
  private final Buffer weights;
  private final Buffer bias;
  private final float[] ofOneChannel;

  /**
   * @param norm the only reader of the convolution
   * @param weights the convolution's, [outputs, inputs, height, width]
   */
  FoldedNorm(OneDnnBatchNormalization norm, INDArray weights) {
    this.norm = norm;
    this.weights = new Buffer(weights.length());
    bias = new Buffer(weights.size(0));
    ofOneChannel = new float[Math.toIntExact(weights.length() / weights.size(0))];
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
    for (int channel = 0; channel < scale.length; channel++) {
      long start = (long) channel * ofOneChannel.length;
      from.position(start).get(ofOneChannel);
      for (int i = 0; i < ofOneChannel.length; i++) {
        ofOneChannel[i] *= scale[channel];
      }
      to.position(start).put(ofOneChannel);
    }
  }

  long weights() {
    return weights.address();
  }

  long bias() {
    return bias.address();
  }
}
