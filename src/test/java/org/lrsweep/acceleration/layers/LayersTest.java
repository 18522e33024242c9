package org.lrsweep.acceleration.layers;

import static org.lrsweep.acceleration.NetworkComparison.assertBehavesAsStock;
import static org.lrsweep.acceleration.NetworkComparison.assertLearnsAsStock;
import static org.lrsweep.acceleration.NetworkComparison.sequence;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Every accelerated layer against the stock one, over random shapes. The seed names the case. */
class LayersTest {

  /** A random case: an image shape and settings for a window that fits it. */
  private static final class Case {
    private final Random random;
    final CNN2DFormat format;
    final int batch;
    final int channels;
    final int height;
    final int width;
    final int[] kernel;
    final int[] stride;
    final int[] dilation;
    final int[] padding;
    final ConvolutionMode mode;

    Case(int seed) {
      random = new Random(seed);
      Nd4j.getRandom().setSeed(seed);
      format = random.nextBoolean() ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
      batch = between(1, 5);
      channels = random.nextBoolean() ? between(1, 20) : 16 * between(1, 4);
      height = between(7, 14);
      width = between(7, 14);
      boolean large = random.nextInt(5) == 0;
      kernel = large ? pair(4, 7) : pair(1, 3);
      stride = pair(1, large ? 3 : 2);
      dilation = !large && random.nextInt(4) == 0 ? pair(1, 2) : new int[] {1, 1};
      mode = random.nextBoolean() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
      padding =
          mode == ConvolutionMode.Same
              ? new int[] {0, 0}
              : new int[] {between(0, kernel[0] - 1), between(0, kernel[1] - 1)};
    }

    int between(int low, int high) {
      return low + random.nextInt(high - low + 1);
    }

    private int[] pair(int low, int high) {
      int first = between(low, high);
      return random.nextBoolean()
          ? new int[] {first, first}
          : new int[] {first, between(low, high)};
    }

    InputType input() {
      return InputType.convolutional(height, width, channels, format);
    }

    INDArray images() {
      return format == CNN2DFormat.NCHW
          ? Nd4j.rand(DataType.FLOAT, batch, channels, height, width)
          : Nd4j.rand(DataType.FLOAT, batch, height, width, channels);
    }

    ConvolutionLayer.Builder convolution() {
      return new ConvolutionLayer.Builder(kernel)
          .stride(stride)
          .padding(padding)
          .dilation(dilation)
          .convolutionMode(mode)
          .dataFormat(format)
          .activation(Activation.IDENTITY)
          .nOut(random.nextBoolean() ? between(1, 20) : 32);
    }

    DepthwiseConvolution2D depthwise() {
      DepthwiseConvolution2D layer =
          new DepthwiseConvolution2D.Builder(kernel)
              .stride(stride)
              .padding(padding)
              .dilation(dilation)
              .convolutionMode(mode)
              .dataFormat(format)
              .depthMultiplier(between(1, 2))
              .hasBias(random.nextBoolean())
              .build();
      layer.setActivationFn(random.nextBoolean() ? new ActivationIdentity() : function());
      return layer;
    }

    /** With a stride beyond the kernel it would stay stock. */
    Deconvolution2D transposed() {
      int[] reached = {
        Math.min(stride[0], (kernel[0] - 1) * dilation[0] + 1),
        Math.min(stride[1], (kernel[1] - 1) * dilation[1] + 1)
      };
      Deconvolution2D layer =
          new Deconvolution2D.Builder(kernel)
              .stride(reached)
              .padding(padding)
              .dilation(dilation)
              .convolutionMode(mode)
              .dataFormat(format)
              .hasBias(random.nextBoolean())
              .nOut(random.nextBoolean() ? between(1, 20) : 32)
              .build();
      layer.setActivationFn(random.nextBoolean() ? new ActivationIdentity() : function());
      return layer;
    }

    SeparableConvolution2D separable() {
      SeparableConvolution2D layer =
          new SeparableConvolution2D.Builder(kernel)
              .stride(stride)
              .padding(padding)
              .dilation(dilation)
              .convolutionMode(mode)
              .dataFormat(format)
              .depthMultiplier(between(1, 2))
              .hasBias(random.nextBoolean())
              .nOut(random.nextBoolean() ? between(1, 20) : 32)
              .build();
      layer.setActivationFn(random.nextBoolean() ? new ActivationIdentity() : function());
      return layer;
    }

    /**
     * A convolution to put a layer on, by Winograd, so in blocks, or channels last; under a batch
     * norm a bias would have no gradient.
     */
    ConvolutionLayer foundation() {
      int size = channels >= 32 ? 3 : 1;
      return new ConvolutionLayer.Builder(size, size)
          .convolutionMode(ConvolutionMode.Same)
          .hasBias(false)
          .dataFormat(format)
          .activation(Activation.IDENTITY)
          .nOut(channels)
          .build();
    }

    Convolution1DLayer overSteps() {
      return new Convolution1DLayer.Builder(kernel[0])
          .stride(stride[0])
          .padding(padding[0])
          .dilation(dilation[0])
          .convolutionMode(mode)
          .hasBias(random.nextBoolean())
          .activation(random.nextBoolean() ? new ActivationIdentity() : function())
          .nOut(random.nextBoolean() ? between(1, 20) : 32)
          .build();
    }

    SubsamplingLayer.Builder pooling(PoolingType type) {
      return new SubsamplingLayer.Builder(type)
          .kernelSize(kernel)
          .stride(stride)
          .padding(padding)
          .convolutionMode(mode)
          .dataFormat(format);
    }

    DenseLayer.Builder dense() {
      return new DenseLayer.Builder()
          .nOut(between(1, 120))
          .hasBias(random.nextInt(4) > 0)
          .activation(oneOf(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.ELU));
    }

    OutputLayer output() {
      boolean probabilities = random.nextBoolean();
      return new OutputLayer.Builder(probabilities ? LossFunction.MCXENT : LossFunction.MSE)
          .nOut(between(2, 30))
          .hasBias(random.nextInt(4) > 0)
          .activation(probabilities ? Activation.SOFTMAX : Activation.SIGMOID)
          .build();
    }

    IActivation function() {
      List<IActivation> functions =
          List.of(
              new ActivationReLU(),
              new ActivationReLU(null, null, 0.2),
              new ActivationReLU(0.5, null, null),
              new ActivationReLU6(),
              new ActivationLReLU(0.1),
              new ActivationELU(),
              new ActivationSwish(),
              new ActivationSigmoid(),
              new ActivationTanH());
      return functions.get(random.nextInt(functions.size()));
    }

    INDArray features(int number) {
      INDArray features = Nd4j.rand(DataType.FLOAT, batch, number);
      return random.nextBoolean() ? features : features.dup('f');
    }

    private Activation oneOf(Activation... choices) {
      return choices[random.nextInt(choices.length)];
    }

    BatchNormalization.Builder norm() {
      return new BatchNormalization.Builder()
          .dataFormat(format)
          .useLogStd(random.nextBoolean())
          .eps(1e-3)
          .decay(0.9);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 16);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.convolution().build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutionsWithReluOrWithoutBias(int seed) {
    Case c = new Case(seed);
    ConvolutionLayer layer =
        seed % 2 == 0
            ? c.convolution().activation(Activation.RELU).build()
            : c.convolution().hasBias(false).build();
    assertBehavesAsStock(sequence(c.input(), layer), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutionsOnConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.foundation(), c.convolution().build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutionsOverSteps(int seed) {
    Case c = new Case(seed);
    long length = 2L * c.height;
    INDArray steps = Nd4j.rand(DataType.FLOAT, c.batch, c.channels, length).muli(0.1);
    InputType input = InputType.recurrent(c.channels, length);
    assertBehavesAsStock(sequence(input, c.overSteps(), c.overSteps()), steps);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pooling(int seed) {
    Case c = new Case(seed);
    PoolingType type = seed % 2 == 0 ? PoolingType.MAX : PoolingType.AVG;
    assertBehavesAsStock(sequence(c.input(), c.pooling(type).build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void averagesOfAConvolution(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), c.pooling(PoolingType.AVG).build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void averagesThatCountThePadding(int seed) {
    Case c = new Case(seed);
    SubsamplingLayer layer = c.pooling(PoolingType.AVG).avgPoolIncludePadInDivisor(true).build();
    assertBehavesAsStock(sequence(c.input(), layer), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void batchNorms(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.foundation(), c.norm().build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void batchNormsBeforeARelu(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), c.norm().build(), new ActivationLayer(Activation.RELU)),
        c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void relusOnTheirOwn(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), new ActivationLayer(Activation.RELU)), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void activationsOnTheirOwn(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), new ActivationLayer(c.function())), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutionsWithAnyActivation(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.convolution().activation(c.function()).build()),
        // Large sums overflow in the stock layers' exponentials.
        c.images().muli(0.1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void globalPooling(int seed) {
    Case c = new Case(seed);
    PoolingType type = seed % 2 == 0 ? PoolingType.MAX : PoolingType.AVG;
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), new GlobalPoolingLayer(type)), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void depthwiseConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.depthwise()), c.images().muli(0.1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void depthwiseConvolutionsOnConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.foundation(), c.depthwise()), c.images().muli(0.01));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void transposedConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.transposed()), c.images().muli(0.1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void transposedConvolutionsOnConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), c.transposed()), c.images().muli(0.01));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void separableConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(sequence(c.input(), c.separable()), c.images().muli(0.01));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void separableConvolutionsOnConvolutions(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.foundation(), c.separable()), c.images().muli(0.001));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dropoutThatDropsWhatTheStockLayerDrops(int seed) {
    Case c = new Case(seed);
    IDropout dropout = seed % 4 == 0 ? new GaussianDropout(0.5) : new Dropout(0.7);
    DropoutLayer layer = new DropoutLayer.Builder().dropOut(dropout).build();
    assertLearnsAsStock(
        sequence(c.input(), c.foundation(), layer, c.foundation(), c.output()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void denseLayers(int seed) {
    Case c = new Case(seed);
    int features = c.between(1, 300);
    assertBehavesAsStock(
        sequence(InputType.feedForward(features), c.dense().build(), c.dense().build()),
        c.features(features));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void denseLayersOnImages(int seed) {
    Case c = new Case(seed);
    assertBehavesAsStock(
        sequence(c.input(), c.convolution().build(), c.dense().build()), c.images());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void outputLayers(int seed) {
    Case c = new Case(seed);
    int features = c.between(1, 300);
    assertLearnsAsStock(
        sequence(InputType.feedForward(features), c.output()), c.features(features));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void outputLayersOnDenseOnesOnImages(int seed) {
    Case c = new Case(seed);
    assertLearnsAsStock(
        sequence(c.input(), c.foundation(), c.dense().dropOut(0.5).build(), c.output()),
        c.images());
  }
}
