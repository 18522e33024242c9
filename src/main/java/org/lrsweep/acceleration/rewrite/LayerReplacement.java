package org.lrsweep.acceleration.rewrite;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.layers.convolution.SeparableConvolution2DLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.normalization.LocalResponseNormalization;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.lrsweep.acceleration.layers.AcceleratedImages;
import org.lrsweep.acceleration.layers.ActivationFunctions;
import org.lrsweep.acceleration.layers.LayerIo;
import org.lrsweep.acceleration.layers.OneDnnActivation;
import org.lrsweep.acceleration.layers.OneDnnBatchNormalization;
import org.lrsweep.acceleration.layers.OneDnnConvolution;
import org.lrsweep.acceleration.layers.OneDnnDense;
import org.lrsweep.acceleration.layers.OneDnnDropout;
import org.lrsweep.acceleration.layers.OneDnnGlobalPooling;
import org.lrsweep.acceleration.layers.OneDnnOutput;
import org.lrsweep.acceleration.layers.OneDnnPooling;
import org.lrsweep.acceleration.layers.OneDnnSeparableConvolution;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.FusedActivation;
import org.nd4j.linalg.activations.IActivation;

/** Which layers have a oneDNN version, and what it is. */
final class LayerReplacement {

  private static final String CONVOLUTIONS = ConvolutionLayer.class.getPackageName();

  private LayerReplacement() {}

  /** Whether a layer reads and puts out images; most know by what they are, some by their input. */
  static boolean worksOnImages(Layer layer, boolean readsImages) {
    if (isConvolution(layer) || layer.getClass() == SubsamplingLayer.class) {
      return true;
    }
    return readsImages
        && (layer instanceof BatchNormalization
            || layer instanceof ActivationLayer
            || layer instanceof DropoutLayer
            || layer instanceof GlobalPoolingLayer
            || layer instanceof LocalResponseNormalization
            || layer.getClass().getPackageName().startsWith(CONVOLUTIONS));
  }

  static boolean isConvolution(Layer layer) {
    return layer.getClass() == ConvolutionLayer.class
        || layer.getClass() == DepthwiseConvolution2DLayer.class
        || layer.getClass() == Deconvolution2DLayer.class
        || layer.getClass() == SeparableConvolution2DLayer.class;
  }

  /** Whether a layer that works on images puts out images too. */
  static boolean putsOutImages(Layer layer) {
    return !(layer instanceof GlobalPoolingLayer pooling
        && pooling.layerConf().isCollapseDimensions());
  }

  /**
   * How a layer that works on images names their axes.
   *
   * @param below the axes of its input, which most layers have no word for; null if unknown
   */
  static Axes axes(Layer layer, Axes below) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
    if (configuration instanceof org.deeplearning4j.nn.conf.layers.ConvolutionLayer convolution) {
      return Axes.of(convolution.getCnn2dDataFormat());
    }
    if (configuration instanceof org.deeplearning4j.nn.conf.layers.SubsamplingLayer pooling) {
      return Axes.of(pooling.getCnn2dDataFormat());
    }
    if (configuration instanceof org.deeplearning4j.nn.conf.layers.BatchNormalization norm) {
      return Axes.of(norm.getCnn2DFormat());
    }
    return below == null ? Axes.NCHW : below;
  }

  /**
   * The oneDNN version of a layer of which {@link Obstacles#of} is null.
   *
   * @param axes the layer's {@link #axes}
   */
  static AcceleratedImages of(Layer layer, LayerIo io, Axes axes) {
    if (layer instanceof SeparableConvolution2DLayer separable) {
      return new OneDnnSeparableConvolution(separable, io);
    }
    if (layer instanceof ConvolutionLayer convolution) {
      return new OneDnnConvolution(convolution, io);
    }
    if (layer instanceof BatchNormalization norm) {
      return new OneDnnBatchNormalization(norm, io, FusedActivation.NONE);
    }
    if (layer instanceof SubsamplingLayer pooling) {
      return new OneDnnPooling(pooling, io);
    }
    if (layer instanceof GlobalPoolingLayer pooling) {
      return new OneDnnGlobalPooling(pooling, io, axes);
    }
    if (layer instanceof DropoutLayer dropout) {
      return new OneDnnDropout(dropout, io, axes);
    }
    return new OneDnnActivation((ActivationLayer) layer, io, axes);
  }

  /** Whether a layer is one of those over [batch, features] that have a oneDNN version. */
  static boolean isDense(Layer layer) {
    return layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class;
  }

  /** The oneDNN version of a dense layer of which {@link Obstacles#ofDense} is null. */
  static Layer ofDense(Layer layer, ExecutionContext context) {
    return layer instanceof DenseLayer dense
        ? new OneDnnDense(dense, context)
        : new OneDnnOutput((OutputLayer) layer, context);
  }

  /** Whether a layer is a convolution over the steps of [batch, channels, steps]. */
  static boolean isOverSteps(Layer layer) {
    return layer.getClass() == Convolution1DLayer.class;
  }

  static boolean isRelu(Layer layer) {
    return layer.getClass() == ActivationLayer.class
        && ActivationFunctions.isPlainRelu(activation((ActivationLayer) layer));
  }

  private static IActivation activation(ActivationLayer layer) {
    return layer.layerConf().getActivationFn();
  }
}
