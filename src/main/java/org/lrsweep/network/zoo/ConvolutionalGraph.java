package org.lrsweep.network.zoo;

import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Builds a graph of blocks with Keras' defaults: Glorot-uniform weights, biases that are zero at
 * first, batch norm with epsilon 0.001 and momentum 0.99. Every method returns the {@link Stage} it
 * has added, for the next ones to read from.
 */
final class ConvolutionalGraph {

  private static final double NORM_EPSILON = 1e-3;
  private static final double NORM_DECAY = 0.99;
  private static final String NORM = "-norm";

  /** A vertex of the graph and the number of channels it puts out. */
  record Stage(String vertex, int channels) {}

  private final GraphBuilder builder;
  private final Stage input;

  ConvolutionalGraph(ImageShape shape, long seed, IUpdater updater) {
    builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(updater)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .cacheMode(CacheMode.NONE)
            .graphBuilder()
            .addInputs("input")
            .setInputTypes(
                InputType.convolutional(shape.height(), shape.width(), shape.channels()));
    input = new Stage("input", shape.channels());
  }

  Stage input() {
    return input;
  }

  /** Convolution with stride 1 that keeps height and width, batch norm, ReLU. */
  Stage convolution(String name, Stage from, int filters, int kernel) {
    return convolution(name, from, filters, kernel, 1, ConvolutionMode.Same);
  }

  /** Convolution with stride 2 and no padding, batch norm, ReLU. */
  Stage stridedConvolution(String name, Stage from, int filters, int kernel) {
    return convolution(name, from, filters, kernel, 2, ConvolutionMode.Truncate);
  }

  private Stage convolution(
      String name, Stage from, int filters, int kernel, int stride, ConvolutionMode mode) {
    builder.addLayer(
        name,
        convolution(from, filters, kernel, stride).convolutionMode(mode).build(),
        from.vertex());
    return relu(norm(name, filters));
  }

  /**
   * Convolution without a bias, and batch norm, without an activation; with stride 1 it keeps
   * height and width.
   */
  Stage linearConvolution(String name, Stage from, int filters, int kernel, int stride) {
    ConvolutionLayer layer =
        convolution(from, filters, kernel, stride)
            .convolutionMode(ConvolutionMode.Same)
            .hasBias(false)
            .build();
    builder.addLayer(name, layer, from.vertex());
    return norm(name, filters);
  }

  private static ConvolutionLayer.Builder convolution(
      Stage from, int filters, int kernel, int stride) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .nOut(filters)
        .weightInit(glorotUniform(kernel * kernel, from.channels(), filters))
        .activation(Activation.IDENTITY);
  }

  /** The same with one filter a channel, which reads that channel alone. */
  Stage depthwise(String name, Stage from, int kernel, int stride) {
    DepthwiseConvolution2D layer =
        new DepthwiseConvolution2D.Builder(kernel, kernel)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .hasBias(false)
            .build();
    layer.setWeightInitFn(glorotUniform(kernel * kernel, from.channels(), 1));
    layer.setActivationFn(new ActivationIdentity());
    builder.addLayer(name, layer, from.vertex());
    return norm(name, from.channels());
  }

  private Stage norm(String name, int channels) {
    String norm = name + NORM;
    builder.addLayer(
        norm,
        // The running variance itself, not its logarithm: averaging parameters averages it.
        new BatchNormalization.Builder()
            .eps(NORM_EPSILON)
            .decay(NORM_DECAY)
            .useLogStd(false)
            .build(),
        name);
    return new Stage(norm, channels);
  }

  /** ReLU of a norm or sum, named after it. */
  Stage relu(Stage from) {
    return activation(from, "-relu", Activation.RELU);
  }

  /** ReLU of a norm or sum that puts out no more than 6. */
  Stage relu6(Stage from) {
    return activation(from, "-relu6", Activation.RELU6);
  }

  private Stage activation(Stage from, String suffix, Activation activation) {
    String name = withoutNorm(from.vertex()) + suffix;
    builder.addLayer(name, new ActivationLayer(activation), from.vertex());
    return new Stage(name, from.channels());
  }

  private static String withoutNorm(String vertex) {
    return vertex.endsWith(NORM) ? vertex.substring(0, vertex.length() - NORM.length()) : vertex;
  }

  /** The sum of images of one shape. */
  Stage sum(String name, Stage first, Stage second) {
    builder.addVertex(
        name, new ElementWiseVertex(ElementWiseVertex.Op.Add), first.vertex(), second.vertex());
    return new Stage(name, first.channels());
  }

  /** The average of each channel. */
  Stage globalAverage(String name, Stage from) {
    builder.addLayer(name, new GlobalPoolingLayer(PoolingType.AVG), from.vertex());
    return new Stage(name, from.channels());
  }

  /** Max pooling without padding. */
  Stage maxPooling(String name, Stage from, int kernel, int stride) {
    return pooling(name, from, PoolingType.MAX, kernel, stride);
  }

  /** Average pooling without padding. */
  Stage averagePooling(String name, Stage from, int kernel, int stride) {
    return pooling(name, from, PoolingType.AVG, kernel, stride);
  }

  private Stage pooling(String name, Stage from, PoolingType type, int kernel, int stride) {
    builder.addLayer(
        name,
        new SubsamplingLayer.Builder(type)
            .kernelSize(kernel, kernel)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Truncate)
            .build(),
        from.vertex());
    return new Stage(name, from.channels());
  }

  /** The channels of both, first before second. */
  Stage concatenation(String name, Stage first, Stage second) {
    builder.addVertex(name, new MergeVertex(), first.vertex(), second.vertex());
    return new Stage(name, first.channels() + second.channels());
  }

  /** A dense softmax layer under categorical cross-entropy: the graph's output. */
  void output(Stage from, int classes) {
    addOutput(from, output(classes));
  }

  /**
   * The same after dropout.
   *
   * @param retained the share of inputs that dropout keeps, in (0, 1)
   */
  void outputAfterDropout(Stage from, int classes, double retained) {
    addOutput(from, output(classes).dropOut(new Dropout(retained)));
  }

  private void addOutput(Stage from, OutputLayer.Builder layer) {
    builder.addLayer("output", layer.build(), from.vertex()).setOutputs("output");
  }

  private static OutputLayer.Builder output(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .activation(Activation.SOFTMAX);
  }

  ComputationGraphConfiguration build() {
    return builder.build();
  }

  /** Deeplearning4j's own Glorot initializer counts the stride into the fan, Keras' does not. */
  private static WeightInitDistribution glorotUniform(int field, int channels, int filters) {
    double limit = Math.sqrt(6.0 / ((double) field * (channels + filters)));
    return new WeightInitDistribution(new UniformDistribution(-limit, limit));
  }
}
