package org.lrsweep.acceleration.layers;

import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.ConvolutionPrimitives;
import org.lrsweep.acceleration.onednn.Eltwise;
import org.lrsweep.acceleration.onednn.EltwiseFunction;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A 2D convolution, with one of {@link ActivationFunctions} or none. */
public final class OneDnnConvolution extends ConvolutionLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, ConvolutionPrimitives> cache = new PrimitiveCache<>();
  private final transient Eltwise eltwise;
  private final transient Buffer absentBias;
  private final transient Buffer absentBiasGradient;

  /** What the convolution puts out, where the activation function's gradient needs that. */
  private final transient GrowingBuffer sums = new GrowingBuffer();

  /** The gradient at the sums. */
  private final transient GrowingBuffer sumsGradient = new GrowingBuffer();

  private transient FoldedNorm foldedNorm;
  private transient boolean folded;
  private transient ConvolutionPrimitives primitives;
  private transient ImageBatch images;
  private transient long source;

  /** What the kernel put out last; readers that take no blocks get a copy of it. */
  private transient INDArray written;

  private transient INDArray output;

  private record Key(ImageBatch images, int threads, Optional<EltwiseFunction> fused) {}

  public OneDnnConvolution(ConvolutionLayer stock, LayerIo io) {
    super(stock.conf(), stock.params().dataType());
    this.io = io;
    axes = Axes.of(layerConf().getCnn2dDataFormat());
    eltwise =
        ActivationFunctions.of(layerConf().getActivationFn())
            .map(function -> new Eltwise(io.context(), function))
            .orElse(null);
    absentBias = layerConf().hasBias() ? null : Buffer.zeros(layerConf().getNOut());
    absentBiasGradient = layerConf().hasBias() ? null : Buffer.zeros(layerConf().getNOut());
    Accelerated.takeOver(stock, this);
  }

  @Override
  public LayerIo io() {
    return io;
  }

  public boolean canFold(OneDnnBatchNormalization norm) {
    return eltwise == null && axes == norm.axes();
  }

  /** Says that nothing but a batch norm reads this layer. */
  public void takeOver(OneDnnBatchNormalization norm) {
    foldedNorm = new FoldedNorm(norm, getParam(ConvolutionParamInitializer.WEIGHT_KEY));
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
    Optional<EltwiseFunction> fused = folded ? foldedNorm.activation() : fused();
    primitives = cache.get(new Key(images, io.context().threads(), fused), this::primitives);
    // What has the norm in it goes to the norm's readers.
    LayerIo exit = folded ? foldedNorm.io() : io;
    written = exit.output(primitives.output(), axes, workspaces);
    source = io.input(input, axes);
    if (folded) {
      foldedNorm.fold(
          getParam(ConvolutionParamInitializer.WEIGHT_KEY),
          layerConf().hasBias() ? getParam(ConvolutionParamInitializer.BIAS_KEY) : null);
      primitives.forward(source, foldedNorm.weights(), foldedNorm.bias(), Address.of(written));
    } else if (keepsSums()) {
      long sumsAt = sums.atLeast(written.length()).address();
      primitives.forward(source, weights(), bias(), sumsAt);
      eltwise.forward(primitives.output(), sumsAt, Address.of(written));
    } else {
      primitives.forward(source, weights(), bias(), Address.of(written));
    }
    output = exit.publishOutput(written, primitives.output(), axes, workspaces);
    return output;
  }

  /** What the convolution's own kernel does with its sums. */
  private Optional<EltwiseFunction> fused() {
    return eltwise == null || keepsSums() ? Optional.empty() : Optional.of(eltwise.function());
  }

  private boolean keepsSums() {
    return eltwise != null && !eltwise.function().differentiatesByOutput();
  }

  private ConvolutionPrimitives primitives(Key key) {
    Window window =
        new Window(
            input,
            layerConf().getCnn2dDataFormat(),
            layerConf().getKernelSize(),
            layerConf().getStride(),
            layerConf().getPadding(),
            layerConf().getDilation(),
            convolutionMode);
    return ConvolutionPrimitives.of(
        io.context(), key.images(), layerConf().getNOut(), window, key.fused());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    long outputGradient = io.gradient(epsilon, axes, primitives.output());
    if (eltwise != null) {
      outputGradient = activationGradient(outputGradient);
    }
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

  private long activationGradient(long activatedGradient) {
    long target = sumsGradient.atLeast(primitives.output().length()).address();
    long values = keepsSums() ? sums.address() : Address.of(written);
    eltwise.backward(primitives.output(), values, activatedGradient, target);
    return target;
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
