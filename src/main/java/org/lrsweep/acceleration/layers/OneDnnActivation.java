package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Eltwise;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation function as a layer of its own, over images. */
public final class OneDnnActivation extends ActivationLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient Eltwise eltwise;
  private transient ImageBatch images;
  private transient long source;
  private transient INDArray output;

  /**
   * @param stock a layer whose function is one of {@link ActivationFunctions}
   * @param axes those of the layer below, as an activation has none of its own
   */
  public OneDnnActivation(ActivationLayer stock, LayerIo io, Axes axes) {
    super(stock.conf(), DataType.FLOAT);
    this.io = io;
    this.axes = axes;
    eltwise =
        new Eltwise(
            io.context(), ActivationFunctions.of(layerConf().getActivationFn()).orElseThrow());
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
    output = io.output(images, axes, workspaces);
    source = io.input(input, axes, images);
    eltwise.forward(images, source, Address.of(output));
    return io.publishOutput(output, images, axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient = io.inputGradient(epsilon, images, axes, workspaces);
    eltwise.backward(
        images,
        eltwise.function().differentiatesByOutput() ? Address.of(output) : source,
        io.gradient(epsilon, axes, images),
        Address.of(inputGradient));
    io.done(epsilon, inputGradient);
    return new Pair<>(new DefaultGradient(), io.publishInputGradient(inputGradient, axes));
  }
}
