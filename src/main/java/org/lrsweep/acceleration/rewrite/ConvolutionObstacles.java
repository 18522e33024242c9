package org.lrsweep.acceleration.rewrite;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.lrsweep.acceleration.layers.ActivationFunctions;
import org.nd4j.linalg.activations.IActivation;

/** What keeps a convolution that has a oneDNN version from using it. */
final class ConvolutionObstacles {

  private ConvolutionObstacles() {}

  /** Why a convolution must stay stock, or null if it need not. */
  static String of(ConvolutionLayer layer) {
    IActivation activation = layer.layerConf().getActivationFn();
    if (!ActivationFunctions.isIdentity(activation)) {
      String obstacle = LayerReplacement.functionObstacle(activation);
      if (obstacle != null) {
        return obstacle;
      }
    }
    return layer instanceof Deconvolution2DLayer && leavesGaps(layer.layerConf())
        ? "a stride beyond its kernel"
        : LayerReplacement.parameterObstacle(layer, layer.layerConf());
  }

  /** The same of a convolution over steps. */
  static String overSteps(Convolution1DLayer layer) {
    if (layer.layerConf().getRnnDataFormat() != RNNFormat.NCW) {
      return "channels last";
    }
    return layer.layerConf().getConvolutionMode() == ConvolutionMode.Causal ? "causal" : of(layer);
  }

  /** Whether a transposed convolution leaves pixels out that its mode puts around the others. */
  private static boolean leavesGaps(
      org.deeplearning4j.nn.conf.layers.ConvolutionLayer configuration) {
    return configuration.getConvolutionMode() == ConvolutionMode.Same
        && IntStream.range(0, 2)
            .anyMatch(
                axis ->
                    (configuration.getKernelSize()[axis] - 1) * configuration.getDilation()[axis]
                        < configuration.getStride()[axis] - 1);
  }
}
