package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.SeparableConvolution2DLayer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.ConvolutionPrimitives;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.WeightsLayout;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A separable convolution: a depthwise one, then one of 1x1 pixels and all channels, with one of
 * {@link ActivationFunctions} or none.
 */
public final class OneDnnSeparableConvolution extends SeparableConvolution2DLayer
    implements AcceleratedImages {

  private static final String DEPTHWISE =
      SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY;
  private static final String POINTWISE =
      SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY;
  private static final String BIAS = SeparableConvolutionParamInitializer.BIAS_KEY;

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient ConvolutionActivation activation;
  private final transient PrimitiveCache<Key, Kernels> cache = new PrimitiveCache<>();

  /** In the place of the biases that the layer doesn't have, and of their gradients. */
  private final transient Buffer noBias;

  private final transient Buffer noBiasGradient;
  private final transient GrowingBuffer between = new GrowingBuffer();
  private final transient GrowingBuffer betweenGradient = new GrowingBuffer();
  private transient Kernels kernels;
  private transient ImageBatch images;
  private transient long source;
  private transient INDArray written;

  private record Key(ImageBatch images, int threads) {}

  private record Kernels(ConvolutionPrimitives depthwise, ConvolutionPrimitives pointwise) {}

  public OneDnnSeparableConvolution(SeparableConvolution2DLayer stock, LayerIo io) {
    super(stock.conf(), DataType.FLOAT);
    this.io = io;
    axes = Axes.of(layerConf().getCnn2dDataFormat());
    Accelerated.takeOver(stock, this);
    activation = new ConvolutionActivation(io.context(), layerConf().getActivationFn());
    long[] point = getParam(POINTWISE).shape();
    noBias = Buffer.zeros(Math.max(point[0], point[1]));
    noBiasGradient = Buffer.zeros(Math.max(point[0], point[1]));
  }

  @Override
  public LayerIo io() {
    return io;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    images = io.images(input, axes);
    if (images.channels() != layerConf().getNIn()) {
      throw new DL4JInvalidInputException(
          "separable convolution %s is for %s channels, found an input of %s"
              .formatted(layerConf().getLayerName(), layerConf().getNIn(), images));
    }
    io.enter(training);
    kernels = cache.get(new Key(images, io.context().threads()), this::kernels);
    ImageBatch output = kernels.pointwise().output();
    written = io.output(output, axes, workspaces);
    source = io.input(input, axes, images);
    long middle = between.atLeast(kernels.depthwise().output()).address();
    kernels.depthwise().forward(source, at(DEPTHWISE), noBias.address(), middle);
    activation.forwardFused(
        kernels.pointwise(),
        middle,
        at(POINTWISE),
        layerConf().hasBias() ? at(BIAS) : noBias.address(),
        Address.of(written));
    return io.publishOutput(written, output, axes, workspaces);
  }

  private Kernels kernels(Key key) {
    Window window =
        new Window(
            input,
            layerConf().getCnn2dDataFormat(),
            layerConf().getKernelSize(),
            layerConf().getStride(),
            layerConf().getPadding(),
            layerConf().getDilation(),
            convolutionMode);
    long[] depth = getParam(DEPTHWISE).shape();
    long[] point = getParam(POINTWISE).shape();
    ConvolutionPrimitives depthwise =
        ConvolutionPrimitives.of(
            io.context(),
            key.images(),
            WeightsLayout.depthwiseOfSeparable(depth[1], depth[0], layerConf().getKernelSize()),
            window,
            Optional.empty());
    return new Kernels(
        depthwise,
        ConvolutionPrimitives.of(
            io.context(),
            depthwise.output(),
            WeightsLayout.dense(point[0], point[1], 1, 1),
            Window.ofOnePixel(depthwise.output()),
            activation.fused()));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    ConvolutionPrimitives depthwise = kernels.depthwise();
    ConvolutionPrimitives pointwise = kernels.pointwise();
    long outputGradient =
        activation.gradientAtSums(
            pointwise.output(),
            Address.of(written),
            io.gradient(epsilon, axes, pointwise.output()));
    Gradient gradient = new DefaultGradient();
    long biasGradient = layerConf().hasBias() ? view(gradient, BIAS) : noBiasGradient.address();
    long depthwiseGradient = view(gradient, DEPTHWISE);
    pointwise.backwardWeights(
        between.address(), outputGradient, view(gradient, POINTWISE), biasGradient);
    long middleGradient = betweenGradient.atLeast(depthwise.output()).address();
    pointwise.backwardData(outputGradient, at(POINTWISE), middleGradient);
    depthwise.backwardWeights(source, middleGradient, depthwiseGradient, noBiasGradient.address());
    INDArray inputGradient = io.inputGradient(images, axes, workspaces);
    depthwise.backwardData(middleGradient, at(DEPTHWISE), Address.of(inputGradient));
    io.done(epsilon);
    return new Pair<>(gradient, io.publishInputGradient(inputGradient, axes));
  }

  private long view(Gradient gradient, String parameter) {
    INDArray view = gradientViews.get(parameter);
    gradient.setGradientFor(parameter, view, parameter.equals(BIAS) ? null : 'c');
    return Address.of(view);
  }

  private long at(String parameter) {
    return Address.of(getParam(parameter));
  }
}
