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
import org.lrsweep.acceleration.onednn.Plans;
import org.lrsweep.acceleration.onednn.PoolingKernels;
import org.lrsweep.acceleration.onednn.Window;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Max or average pooling. */
public final class OneDnnPooling extends SubsamplingLayer implements AcceleratedImages {

  private final transient Site site;
  private final transient Axes axes;
  private final transient Plans<Key, PoolingKernels> plans = new Plans<>();
  private transient PoolingKernels kernels;
  private transient ImageBatch images;

  private record Key(ImageBatch images, int threads) {}

  public OneDnnPooling(SubsamplingLayer stock, Site site) {
    super(stock.conf(), DataType.FLOAT);
    this.site = site;
    axes = Axes.of(layerConf().getCnn2dDataFormat());
    Accelerated.takeOver(stock, this);
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    site.enter(training);
    images = site.images(input, axes);
    Key key = new Key(images, site.workbench().threads());
    kernels = plans.get(key, this::kernels);
    INDArray output = site.output(kernels.output(), axes, workspaces);
    long source = site.input(input, axes);
    if (training) {
      kernels.forward(source, Address.of(output));
    } else {
      kernels.infer(source, Address.of(output));
    }
    return site.passUp(output, kernels.output(), axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient = site.inputGradient(images, axes, workspaces);
    kernels.backward(site.gradient(epsilon, axes, kernels.output()), Address.of(inputGradient));
    site.done(epsilon);
    return new Pair<>(new DefaultGradient(), site.passDown(inputGradient, axes));
  }

  private PoolingKernels kernels(Key key) {
    Window window =
        new Window(
            input,
            layerConf().getCnn2dDataFormat(),
            layerConf().getKernelSize(),
            layerConf().getStride(),
            layerConf().getPadding(),
            layerConf().getDilation(),
            convolutionMode);
    return new PoolingKernels(site.workbench(), key.images(), window, algorithm());
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
