package org.lrsweep.acceleration;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU as a layer of its own, over images. */
final class OneDnnRelu extends ActivationLayer implements AcceleratedImages {

  private final transient Site site;
  private final transient Relu relu;
  private transient INDArray output;

  OneDnnRelu(ActivationLayer stock, Site site) {
    super(stock.conf(), DataType.FLOAT);
    this.site = site;
    relu = new Relu(site.workbench());
    Accelerated.takeOver(stock, this);
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    site.enter();
    Axes axes = axes();
    ImageBatch shape = axes.shape(input);
    output = site.output(shape, axes, workspaces);
    relu.forward(shape, site.input(input, axes), Address.of(output));
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Axes axes = axes();
    ImageBatch shape = axes.shape(input);
    boolean inPlace = site.workbench().gradients().owns(epsilon);
    INDArray inputGradient = inPlace ? epsilon : site.inputGradient(shape, axes, workspaces);
    relu.backward(
        shape, Address.of(output), site.gradient(epsilon, axes), Address.of(inputGradient));
    return new Pair<>(new DefaultGradient(), site.passDown(inputGradient, axes));
  }

  /** Every value is treated alike, so the axes may have any names that fit the layout. */
  private Axes axes() {
    boolean channelsLast = Axes.NCHW.shape(input).isChannelsLast(Axes.NCHW.strides(input));
    return channelsLast ? Axes.NCHW : Axes.NHWC;
  }
}
