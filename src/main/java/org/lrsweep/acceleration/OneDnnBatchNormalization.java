package org.lrsweep.acceleration;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch norm over images, and the ReLU after it if that is its only reader. The running statistics
 * move as in the stock layer: through the gradient views, by the decay.
 */
final class OneDnnBatchNormalization extends BatchNormalization implements AcceleratedImages {

  private static final double LOG10_OF_SQUARE = 0.5 / Math.log(10);

  private final transient Site site;
  private final transient Axes axes;
  private final transient FusedActivation activation;
  private final transient Plans<Key, BatchNormKernels> plans = new Plans<>();
  private transient OneDnnConvolution below;
  private transient BatchNormKernels kernels;
  private transient long source;

  private record Key(ImageBatch shape, int threads) {}

  OneDnnBatchNormalization(BatchNormalization stock, Site site, FusedActivation activation) {
    super(stock.conf(), stock.params().dataType());
    this.site = site;
    this.activation = activation;
    axes = Axes.of(layerConf().getCnn2DFormat());
    Accelerated.takeOver(stock, this);
  }

  @Override
  public Site site() {
    return site;
  }

  /** Says that this layer is the only reader of a convolution, which may take over its work. */
  void reads(OneDnnConvolution convolution) {
    below = convolution;
  }

  Axes axes() {
    return axes;
  }

  FusedActivation activation() {
    return activation;
  }

  /** What inference multiplies each channel by, [channels]. */
  float[] scale() {
    float[] variance = globalVariance().toFloatVector();
    float[] scale = getParam(BatchNormalizationParamInitializer.GAMMA).toFloatVector();
    for (int channel = 0; channel < scale.length; channel++) {
      scale[channel] /= (float) Math.sqrt(variance[channel] + layerConf().getEps());
    }
    return scale;
  }

  /** What inference then adds to each channel, [channels]. */
  float[] shift(float[] scale) {
    float[] mean = getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN).toFloatVector();
    float[] shift = getParam(BatchNormalizationParamInitializer.BETA).toFloatVector();
    for (int channel = 0; channel < shift.length; channel++) {
      shift[channel] -= mean[channel] * scale[channel];
    }
    return shift;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (below != null && below.hasNormalized(input)) {
      return input;
    }
    site.enter();
    ImageBatch shape = axes.shape(input);
    if (shape.channels() != layerConf().getNOut()) {
      throw new IllegalArgumentException(
          "batch norm %s is for %d channels, found an input of %s"
              .formatted(layerConf().getLayerName(), layerConf().getNOut(), shape));
    }
    kernels = plans.get(new Key(shape, site.workbench().threads()), this::kernels);
    INDArray output = site.output(shape, axes, workspaces);
    source = site.input(input, axes);
    if (training) {
      kernels.forward(source, gamma(), beta(), Address.of(output));
    } else {
      INDArray variance = globalVariance();
      kernels.infer(
          source,
          gamma(),
          beta(),
          Address.of(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN)),
          Address.of(variance),
          Address.of(output));
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    ImageBatch shape = axes.shape(input);
    boolean inPlace = site.workbench().gradients().owns(epsilon);
    INDArray inputGradient = inPlace ? epsilon : site.inputGradient(shape, axes, workspaces);
    Gradient gradient = new DefaultGradient();
    kernels.backward(
        source,
        site.gradient(epsilon, axes),
        gamma(),
        beta(),
        view(gradient, BatchNormalizationParamInitializer.GAMMA),
        view(gradient, BatchNormalizationParamInitializer.BETA),
        Address.of(inputGradient));
    moveStatistics(gradient);
    return new Pair<>(gradient, site.passDown(inputGradient, axes));
  }

  /** The stock layer subtracts a gradient from the statistics too: (1 - decay) * (old - batch). */
  private void moveStatistics(Gradient gradient) {
    double share = 1 - layerConf().getDecay();
    INDArray meanView = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN)
        .subi(kernels.batchMean(), meanView)
        .muli(share);
    gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_MEAN, meanView);
    if (layerConf().isUseLogStd()) {
      INDArray view = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      INDArray before = globalVariance();
      INDArray after = before.mul(layerConf().getDecay()).addi(kernels.batchVariance().mul(share));
      Transforms.log(before.divi(after, view), false).muli(LOG10_OF_SQUARE);
      gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_LOG_STD, view);
    } else {
      INDArray view = gradientViews.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
      globalVariance().subi(kernels.batchVariance(), view).muli(share);
      gradient.setGradientFor(BatchNormalizationParamInitializer.GLOBAL_VAR, view);
    }
  }

  private BatchNormKernels kernels(Key key) {
    return new BatchNormKernels(
        site.workbench(), key.shape(), (float) layerConf().getEps(), activation);
  }

  private INDArray globalVariance() {
    if (!layerConf().isUseLogStd()) {
      return getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
    }
    INDArray logStd = getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
    INDArray std =
        Transforms.pow(Nd4j.valueArrayOf(logStd.shape(), 10.0, DataType.FLOAT), logStd, false);
    return std.muli(std);
  }

  private long gamma() {
    return Address.of(getParam(BatchNormalizationParamInitializer.GAMMA));
  }

  private long beta() {
    return Address.of(getParam(BatchNormalizationParamInitializer.BETA));
  }

  private long view(Gradient gradient, String parameter) {
    INDArray view = gradientViews.get(parameter);
    gradient.setGradientFor(parameter, view);
    return Address.of(view);
  }
}
