package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.DropoutLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Binary;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Precision;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dropout of images. It draws as the stock layer does, in the order of the axes, so that one seed
 * drops the same values; what it draws is then brought into the layout of the images.
 */
public final class OneDnnDropout extends DropoutLayer implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient Binary multiplication;

  /** What each value of the last training batch was multiplied by. */
  private final transient GrowingBuffer factors = new GrowingBuffer();

  private transient ImageBatch images;

  /**
   * @param stock a layer whose dropout only multiplies
   * @param axes those of the layer below, as dropout has none of its own
   */
  public OneDnnDropout(DropoutLayer stock, LayerIo io, Axes axes) {
    super(stock.conf(), DataType.FLOAT);
    this.io = io;
    this.axes = axes;
    multiplication = Binary.multiplication(io.context());
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
    INDArray output = io.output(images, axes, workspaces);
    if (training) {
      draw(workspaces);
      multiply(io.input(input, axes, images), output);
    } else {
      io.copyInput(input, axes, images, Address.of(output));
    }
    return io.publishOutput(output, images, axes, workspaces);
  }

  /** The factors are floats whatever the images are: the error of one would be that of all. */
  private void multiply(long values, INDArray target) {
    multiplication.run(images, values, Precision.FLOAT, factors.address(), Address.of(target));
  }

  private void draw(LayerWorkspaceMgr workspaces) {
    IDropout dropout = layerConf().getIDropout();
    INDArray drawn =
        workspaces
            .createUninitialized(
                ArrayType.INPUT, DataType.FLOAT, images.in(axes.plain()).sizesInMemory(), 'c')
            .assign(1);
    dropout.applyDropout(drawn, drawn, getIterationCount(), getEpochCount(), workspaces);
    dropout.clear();
    ImageBatch floats = images.in(Precision.FLOAT);
    io.copyInput(drawn, axes, floats, factors.atLeast(floats).address());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient = io.inputGradient(epsilon, images, axes, workspaces);
    multiply(io.gradient(epsilon, axes, images), inputGradient);
    io.done(epsilon, inputGradient);
    return new Pair<>(new DefaultGradient(), io.publishInputGradient(inputGradient, axes));
  }
}
