package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.nd4j.Floats;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.BatchNormPrimitives;
import org.lrsweep.acceleration.onednn.FusedActivation;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch norm over images, and the ReLU after it if that is its only reader. The running statistics
 * move as in the stock layer: through the gradient views, by the decay.
 */
public final class OneDnnBatchNormalization extends BatchNormalization
    implements AcceleratedImages {

  private static final double LOG10_OF_SQUARE = 0.5 / Math.log(10);

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient FusedActivation activation;
  private final transient PrimitiveCache<Key, BatchNormPrimitives> cache = new PrimitiveCache<>();
  private final transient INDArray inferenceVariance;
  private transient OneDnnConvolution below;
  private transient BatchNormPrimitives primitives;
  private transient ImageBatch images;
  private transient long source;

  private record Key(ImageBatch images, int threads) {}

  public OneDnnBatchNormalization(
      BatchNormalization stock, LayerIo io, FusedActivation activation) {
    super(stock.conf(), stock.params().dataType());
    this.io = io;
    this.activation = activation;
    axes = Axes.of(layerConf().getCnn2DFormat());
    inferenceVariance = Nd4j.createUninitializedDetached(DataType.FLOAT, layerConf().getNOut());
    Accelerated.takeOver(stock, this);
  }

  @Override
  public LayerIo io() {
    return io;
  }

  Axes axes() {
    return axes;
  }

  /** Says that this layer is the only reader of a convolution, which may take over its work. */
  void reads(OneDnnConvolution convolution) {
    below = convolution;
  }

  FusedActivation activation() {
    return activation;
  }

  /** What inference multiplies each channel by, [channels]. */
  float[] scale() {
    float[] variance = globalVariance();
    float[] scale = Floats.of(getParam(BatchNormalizationParamInitializer.GAMMA));
    for (int channel = 0; channel < scale.length; channel++) {
      scale[channel] /= (float) Math.sqrt(variance[channel] + layerConf().getEps());
    }
    return scale;
  }

  /** What inference then adds to each channel, [channels]. */
  float[] shift(float[] scale) {
    float[] mean = Floats.of(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    float[] shift = Floats.of(getParam(BatchNormalizationParamInitializer.BETA));
    for (int channel = 0; channel < shift.length; channel++) {
      shift[channel] -= mean[channel] * scale[channel];
    }
    return shift;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (below != null && below.hasNormalized(input)) {
      if (training) {
        throw new IllegalStateException(
            "batch norm %s can't train on a convolution that was frozen after acceleration;"
                    .formatted(layerConf().getLayerName())
                + " freeze layers first, then accelerate");
      }
      return workspaces.leverageTo(ArrayType.ACTIVATIONS, input);
    }
    io.enter(training);
    images = io.images(input, axes);
    if (images.channels() != layerConf().getNOut()) {
      throw new IllegalArgumentException(
          "batch norm %s is for %s channels, found an input of %s"
              .formatted(layerConf().getLayerName(), layerConf().getNOut(), images));
    }
    primitives = cache.get(new Key(images, io.context().threads()), this::primitives);
    INDArray output = io.output(images, axes, workspaces);
    source = io.input(input, axes, images);
    if (training) {
      primitives.forward(source, gamma(), beta(), Address.of(output));
    } else {
      Floats.put(inferenceVariance, globalVariance());
      primitives.infer(
          source,
          gamma(),
          beta(),
          Address.of(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN)),
          Address.of(inferenceVariance),
          Address.of(output));
    }
    return io.publishOutput(output, images, axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient = io.inputGradient(epsilon, images, axes, workspaces);
    Gradient gradient = new DefaultGradient();
    primitives.backward(
        source,
        io.gradient(epsilon, axes, images),
        gamma(),
        beta(),
        view(gradient, BatchNormalizationParamInitializer.GAMMA),
        view(gradient, BatchNormalizationParamInitializer.BETA),
        Address.of(inputGradient));
    moveStatistics(gradient);
    io.done(epsilon, inputGradient);
    return new Pair<>(gradient, io.publishInputGradient(inputGradient, axes));
  }

  /** The stock layer subtracts a gradient from the statistics too: (1 - decay) * (old - batch). */
  private void moveStatistics(Gradient gradient) {
    double decay = layerConf().getDecay();
    float[] mean = Floats.of(getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN));
    float[] batchMean = Floats.of(primitives.batchMean());
    for (int channel = 0; channel < mean.length; channel++) {
      mean[channel] = (float) ((1 - decay) * (mean[channel] - batchMean[channel]));
    }
    put(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
    float[] variance = globalVariance();
    float[] batchVariance = Floats.of(primitives.batchVariance());
    for (int channel = 0; channel < variance.length; channel++) {
      double before = variance[channel];
      double after = decay * before + (1 - decay) * batchVariance[channel];
      variance[channel] =
          (float)
              (layerConf().isUseLogStd()
                  ? LOG10_OF_SQUARE * Math.log(before / after)
                  : before - after);
    }
    put(gradient, varianceKey(), variance);
  }

  private void put(Gradient gradient, String parameter, float[] values) {
    INDArray view = gradientViews.get(parameter);
    Floats.put(view, values);
    gradient.setGradientFor(parameter, view);
  }

  private BatchNormPrimitives primitives(Key key) {
    return new BatchNormPrimitives(
        io.context(), key.images(), (float) layerConf().getEps(), activation);
  }

  private float[] globalVariance() {
    float[] values = Floats.of(getParam(varianceKey()));
    if (layerConf().isUseLogStd()) {
      for (int channel = 0; channel < values.length; channel++) {
        values[channel] = (float) Math.pow(10, 2.0 * values[channel]);
      }
    }
    return values;
  }

  private String varianceKey() {
    return layerConf().isUseLogStd()
        ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
        : BatchNormalizationParamInitializer.GLOBAL_VAR;
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
