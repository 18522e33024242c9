package org.lrsweep.acceleration.layers;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PoolingPrimitives;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Max or average pooling. */
public final class OneDnnPooling extends SubsamplingLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, PoolingPrimitives> cache = new PrimitiveCache<>();
  private transient PoolingPrimitives primitives;
  private transient ImageBatch images;

  private record Key(ImageBatch images, int threads) {}

  public OneDnnPooling(SubsamplingLayer stock, LayerIo io) {
    super(stock.conf(), DataType.FLOAT);
    this.io = io;
    axes = Axes.of(layerConf().getCnn2dDataFormat());
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
    Key key = new Key(images, io.context().threads());
    primitives = cache.get(key, this::primitives);
    INDArray output = io.output(primitives.output(), axes, workspaces);
    long source = io.input(input, axes, images);
    if (training) {
      primitives.forward(source, Address.of(output));
    } else {
      primitives.infer(source, Address.of(output));
    }
    return io.publishOutput(output, primitives.output(), axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient = io.inputGradient(images, axes, workspaces);
    primitives.backward(io.gradient(epsilon, axes, primitives.output()), Address.of(inputGradient));
    io.done(epsilon);
    return new Pair<>(new DefaultGradient(), io.publishInputGradient(inputGradient, axes));
  }

  private PoolingPrimitives primitives(Key key) {
    Window window =
        new Window(
            input,
            layerConf().getCnn2dDataFormat(),
            layerConf().getKernelSize(),
            layerConf().getStride(),
            layerConf().getPadding(),
            layerConf().getDilation(),
            convolutionMode);
    return new PoolingPrimitives(io.context(), key.images(), window, algorithm());
  }

  private algorithm algorithm() {
    if (layerConf().getPoolingType() == PoolingType.MAX) {
      return algorithm.pooling_max;
    }
    return layerConf().isAvgPoolIncludePadInDivisor()
        ? algorithm.pooling_avg_include_padding
        : algorithm.pooling_avg_exclude_padding;
  }
}
