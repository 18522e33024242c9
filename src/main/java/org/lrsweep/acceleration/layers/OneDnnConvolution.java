package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.ConvolutionKernels;
import org.lrsweep.acceleration.onednn.ConvolutionPrimitives;
import org.lrsweep.acceleration.onednn.EltwiseFunction;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.TransposedConvolutionPrimitives;
import org.lrsweep.acceleration.onednn.WeightsLayout;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 2D convolution, of every input channel, depthwise or transposed, with one of {@link
 * ActivationFunctions} or none.
 */
public final class OneDnnConvolution extends ConvolutionLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, ConvolutionKernels> cache = new PrimitiveCache<>();
  private final transient ConvolutionActivation activation;
  private final transient WeightsLayout layout;
  private final transient Buffer absentBias;
  private final transient Buffer absentBiasGradient;

  private transient FoldedNorm foldedNorm;
  private transient boolean folded;
  private transient ConvolutionKernels primitives;
  private transient ImageBatch images;
  private transient long source;

  /** What the kernel put out last; readers that take no blocks get a copy of it. */
  private transient INDArray written;

  private transient INDArray output;

  private record Key(ImageBatch images, int threads, Optional<EltwiseFunction> fused) {}

  /**
   * @param stock a convolution, or a depthwise or transposed one, which are subclasses
   */
  public OneDnnConvolution(ConvolutionLayer stock, LayerIo io) {
    this(stock, io, weightsLayout(stock));
  }

  /** Of weights that lie otherwise than the layer's kind would have them. */
  OneDnnConvolution(ConvolutionLayer stock, LayerIo io, WeightsLayout layout) {
    super(stock.conf(), stock.params().dataType());
    this.io = io;
    axes = Axes.of(layerConf().getCnn2dDataFormat());
    Accelerated.takeOver(stock, this);
    activation = new ConvolutionActivation(io.context(), layerConf().getActivationFn());
    this.layout = layout;
    absentBias = layerConf().hasBias() ? null : Buffer.zeros(layout.outputs());
    absentBiasGradient = layerConf().hasBias() ? null : Buffer.zeros(layout.outputs());
  }

  @Override
  public LayerIo io() {
    return io;
  }

  public boolean canFold(OneDnnBatchNormalization norm) {
    return activation.isIdentity() && !isTransposed() && axes == norm.axes();
  }

  /** Says that nothing but a batch norm reads this layer. */
  public void takeOver(OneDnnBatchNormalization norm) {
    foldedNorm =
        new FoldedNorm(
            norm,
            getParam(ConvolutionParamInitializer.WEIGHT_KEY),
            layout.outputs(),
            isDepthwise(layerConf()) ? FoldedNorm.Axis.LAST : FoldedNorm.Axis.FIRST);
    norm.reads(this);
  }

  /** Whether the last forward pass did the batch norm's work. */
  boolean hasNormalized() {
    return folded;
  }

  /** Whether an array is what this layer put out last, and the batch norm is in it already. */
  @SuppressWarnings("ReferenceEquality") // the very array, whatever its values
  boolean hasNormalized(INDArray activations) {
    return folded && activations == output;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (!io.isBlocked(input)) {
      validateInputRank();
      validateInputDepth(layerConf().getNIn());
    }
    images = io.images(input, axes);
    if (images.channels() != layerConf().getNIn()) {
      throw new DL4JInvalidInputException(
          "convolution %s is for %s channels, found an input of %s"
              .formatted(layerConf().getLayerName(), layerConf().getNIn(), images));
    }
    io.enter(training);
    // Not where the caller will keep this layer's own activations.
    folded = foldedNorm != null && !training && !workspaces.isScopedOut(ArrayType.ACTIVATIONS);
    Optional<EltwiseFunction> fused = folded ? foldedNorm.activation() : activation.fused();
    primitives = cache.get(new Key(images, io.context().threads(), fused), this::primitives);
    // What has the norm in it goes to the norm's readers.
    LayerIo exit = folded ? foldedNorm.io() : io;
    written = exit.output(primitives.output(), axes, workspaces);
    source = io.input(input, axes, images);
    if (folded) {
      foldedNorm.fold(
          getParam(ConvolutionParamInitializer.WEIGHT_KEY),
          layerConf().hasBias() ? getParam(ConvolutionParamInitializer.BIAS_KEY) : null);
      primitives.forward(source, foldedNorm.weights(), foldedNorm.bias(), Address.of(written));
    } else {
      forward(Address.of(written));
    }
    output = exit.publishOutput(written, primitives.output(), axes, workspaces);
    return output;
  }

  private void forward(long target) {
    if (isTransposed()) {
      activation.forward(primitives, source, weights(), bias(), target);
    } else {
      activation.forwardFused(primitives, source, weights(), bias(), target);
    }
  }

  private boolean isTransposed() {
    return isTransposed(layerConf());
  }

  private static boolean isTransposed(
      org.deeplearning4j.nn.conf.layers.ConvolutionLayer configuration) {
    return configuration instanceof Deconvolution2D;
  }

  private static boolean isDepthwise(
      org.deeplearning4j.nn.conf.layers.ConvolutionLayer configuration) {
    return configuration instanceof DepthwiseConvolution2D;
  }

  private static WeightsLayout weightsLayout(ConvolutionLayer layer) {
    long[] weights = layer.getParam(ConvolutionParamInitializer.WEIGHT_KEY).shape();
    int[] kernel = layer.layerConf().getKernelSize();
    if (isTransposed(layer.layerConf())) {
      return WeightsLayout.transposed(weights[0], weights[1], kernel);
    }
    return isDepthwise(layer.layerConf())
        ? WeightsLayout.depthwise(weights[2], weights[3], kernel)
        : WeightsLayout.dense(weights[0], weights[1], kernel);
  }

  private ConvolutionKernels primitives(Key key) {
    if (isTransposed()) {
      return new TransposedConvolutionPrimitives(
          io.context(), key.images(), layout, window(Window::transposed));
    }
    return ConvolutionPrimitives.of(
        io.context(), key.images(), layout, window(Window::new), key.fused());
  }

  private Window window(WindowMaker maker) {
    return maker.make(
        input,
        layerConf().getCnn2dDataFormat(),
        layerConf().getKernelSize(),
        layerConf().getStride(),
        layerConf().getPadding(),
        layerConf().getDilation(),
        convolutionMode);
  }

  @FunctionalInterface
  private interface WindowMaker {
    Window make(
        INDArray input,
        CNN2DFormat format,
        int[] kernel,
        int[] stride,
        int[] padding,
        int[] dilation,
        ConvolutionMode mode);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    long outputGradient =
        activation.gradientAtSums(
            primitives.output(),
            Address.of(written),
            io.gradient(epsilon, axes, primitives.output()));
    Gradient gradient = new DefaultGradient();
    INDArray weightGradient = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
    long biasGradient;
    if (absentBias == null) {
      INDArray view = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
      gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, view);
      biasGradient = Address.of(view);
    } else {
      biasGradient = absentBiasGradient.address();
    }
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');
    primitives.backwardWeights(source, outputGradient, Address.of(weightGradient), biasGradient);
    INDArray inputGradient = null;
    if (io.needsInputGradient()) {
      inputGradient = io.inputGradient(images, axes, workspaces);
      primitives.backwardData(outputGradient, weights(), Address.of(inputGradient));
      inputGradient = io.publishInputGradient(inputGradient, axes);
    }
    io.done(epsilon);
    return new Pair<>(gradient, inputGradient);
  }

  private long weights() {
    return Address.of(getParam(ConvolutionParamInitializer.WEIGHT_KEY));
  }

  private long bias() {
    return absentBias == null
        ? Address.of(getParam(ConvolutionParamInitializer.BIAS_KEY))
        : absentBias.address();
  }
}
