package org.lrsweep.acceleration.layers;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PoolingPrimitives;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum or average of each channel of an image: [batch, channels] of [batch, channels,
 * height, width]. Images with masks are left to the stock layer.
 */
public final class OneDnnGlobalPooling extends GlobalPoolingLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, PoolingPrimitives> cache = new PrimitiveCache<>();
  private transient PoolingPrimitives primitives;
  private transient ImageBatch images;

  private record Key(ImageBatch images, int threads) {}

  /**
   * @param stock a layer that pools height and width and leaves them out of its output
   * @param axes those of the layer below
   */
  public OneDnnGlobalPooling(GlobalPoolingLayer stock, LayerIo io, Axes axes) {
    super(stock.conf(), DataType.FLOAT);
    this.io = io;
    this.axes = axes;
    Accelerated.takeOver(stock, this);
  }

  @Override
  public LayerIo io() {
    return io;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    io.enter(training);
    images = io.images(input, axes);
    if (maskArray != null) {
      input = axes.plain(input);
      return super.activate(training, workspaces);
    }
    primitives = cache.get(new Key(images, io.context().threads()), this::primitives);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, images.batch(), images.channels());
    long source = io.input(input, axes, images);
    if (training) {
      primitives.forward(source, Address.of(output));
    } else {
      primitives.infer(source, Address.of(output));
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient = io.inputGradient(images, axes, workspaces);
    if (maskArray == null) {
      // Of one pixel an image, so that rows are what any layout is.
      primitives.backward(io.gradientRows(epsilon), Address.of(inputGradient));
    } else {
      INDArray masked = super.backpropGradient(epsilon, workspaces).getSecond();
      io.copyGradient(masked, axes, images, inputGradient);
    }
    return new Pair<>(new DefaultGradient(), io.publishInputGradient(inputGradient, axes));
  }

  private PoolingPrimitives primitives(Key key) {
    return new PoolingPrimitives(
        io.context(),
        key.images(),
        Window.whole(key.images()),
        layerConf().getPoolingType() == PoolingType.MAX
            ? algorithm.pooling_max
            : algorithm.pooling_avg_exclude_padding,
        Precision.FLOAT);
  }
}
