package org.lrsweep.acceleration.rewrite;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.lrsweep.acceleration.layers.ActivationFunctions;
import org.lrsweep.acceleration.onednn.Axes;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;

/** What keeps a layer that may have a oneDNN version from using it. */
final class Obstacles {

  private static final String NO_VERSION = "oneDNN version not written";

  private Obstacles() {}

  /** Why a layer that works on images must stay stock, or null if it need not. */
  static String of(Layer layer, Axes axes) {
    if (LayerReplacement.isConvolution(layer)) {
      return ofConvolution((ConvolutionLayer) layer);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return normObstacle((BatchNormalization) layer);
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return poolingObstacle(((SubsamplingLayer) layer).layerConf().getPoolingType());
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return globalPoolingObstacle((GlobalPoolingLayer) layer, axes);
    }
    if (layer.getClass() == ActivationLayer.class) {
      return functionObstacle(((ActivationLayer) layer).layerConf().getActivationFn());
    }
    if (layer.getClass() == DropoutLayer.class) {
      return dropoutObstacle(((DropoutLayer) layer).layerConf().getIDropout());
    }
    return NO_VERSION;
  }

  /** Why a layer stays stock that is not known to work on images and is not dense. */
  static String withoutImages(Layer layer) {
    if (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
      return "frozen";
    }
    return LayerReplacement.worksOnImages(layer, true) && of(layer, Axes.NCHW) == null
        ? "its input is not known to be images"
        : NO_VERSION;
  }

  /** Why a dense layer must stay stock, or null if it need not. */
  static String ofDense(Layer layer) {
    if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
      return "layer normalization";
    }
    BaseLayer configuration = (BaseLayer) layer.conf().getLayer();
    return typeOrNoiseObstacle(layer, configuration);
  }

  /** Why a convolution must stay stock, or null if it need not. */
  private static String ofConvolution(ConvolutionLayer layer) {
    IActivation activation = layer.layerConf().getActivationFn();
    if (!ActivationFunctions.isIdentity(activation)) {
      String obstacle = functionObstacle(activation);
      if (obstacle != null) {
        return obstacle;
      }
    }
    return layer instanceof Deconvolution2DLayer && leavesGaps(layer.layerConf())
        ? "a stride beyond its kernel"
        : parameterObstacle(layer, layer.layerConf());
  }

  /** The same of a convolution over steps. */
  static String overSteps(Convolution1DLayer layer) {
    if (layer.layerConf().getRnnDataFormat() != RNNFormat.NCW) {
      return "channels last";
    }
    return layer.layerConf().getConvolutionMode() == ConvolutionMode.Causal
        ? "causal"
        : ofConvolution(layer);
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

  private static String functionObstacle(IActivation activation) {
    return ActivationFunctions.of(activation).isPresent() ? null : "activation " + activation;
  }

  private static String dropoutObstacle(IDropout dropout) {
    return dropout instanceof Dropout || dropout instanceof GaussianDropout
        ? null
        : "dropout " + dropout;
  }

  private static String poolingObstacle(PoolingType type) {
    return type == PoolingType.MAX || type == PoolingType.AVG ? null : "pooling " + type;
  }

  private static String globalPoolingObstacle(GlobalPoolingLayer layer, Axes axes) {
    org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer configuration = layer.layerConf();
    int[] pooled = configuration.getPoolingDimensions();
    int[] byDefault = {2, 3};
    int[] ofImages = axes == Axes.NHWC ? new int[] {1, 2} : byDefault;
    if (!Arrays.equals(pooled == null ? byDefault : pooled, ofImages)) {
      return "pools other axes than height and width";
    }
    return configuration.isCollapseDimensions()
        ? poolingObstacle(configuration.getPoolingType())
        : "keeps the axes that it pools";
  }

  private static String normObstacle(BatchNormalization layer) {
    return layer.layerConf().isLockGammaBeta()
        ? "locked gamma and beta"
        : parameterObstacle(layer, layer.layerConf());
  }

  private static String parameterObstacle(Layer layer, BaseLayer configuration) {
    return configuration.getIDropout() != null
        ? "dropout on its input"
        : typeOrNoiseObstacle(layer, configuration);
  }

  private static String typeOrNoiseObstacle(Layer layer, BaseLayer configuration) {
    if (layer.params().dataType() != DataType.FLOAT) {
      return "data type " + layer.params().dataType();
    }
    return configuration.getWeightNoise() == null ? null : "weight noise";
  }
}
