package org.lrsweep.acceleration;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every accelerated layer has beside its kernels: its place in the network and its memory. */
final class Site {

  /** Where a layer's activations and gradients lie. */
  enum Memory {
    /** In buffers of its own: a graph takes arrays from anywhere. */
    OWN,
    /** In ND4J's workspaces: a sequence of layers takes no others. */
    WORKSPACES
  }

  private final Workbench workbench;
  private final Memory memory;
  private final Inlet inputs;
  private final Inlet gradients;
  private Buffer activations = new Buffer(1);
  private boolean first;
  private boolean bottom;
  private Junction upstream;

  Site(Workbench workbench, Memory memory) {
    this.workbench = workbench;
    this.memory = memory;
    inputs = new Inlet(workbench);
    gradients = new Inlet(workbench);
  }

  Workbench workbench() {
    return workbench;
  }

  /** Says that no other accelerated layer runs before this one in a pass. */
  void isFirst() {
    first = true;
  }

  /** Says that the layer below has other readers too, whose gradients meet in a junction. */
  void readsFrom(Junction junction) {
    upstream = junction;
  }

  /** Says that the layer reads the network's input, whose gradient nobody asks for. */
  void isAtBottom() {
    bottom = true;
  }

  boolean needsInputGradient() {
    return !bottom;
  }

  /** Begins the layer's forward pass. */
  void enter() {
    if (first) {
      workbench.beginPass();
    }
  }

  long input(INDArray array, Axes axes) {
    return inputs.channelsLast(array, axes);
  }

  long gradient(INDArray array, Axes axes) {
    return gradients.channelsLast(array, axes);
  }

  /**
   * Memory for what the layer puts out. It is the layer's own and overwritten by the next pass,
   * unless the caller of the network will keep the array.
   */
  INDArray output(ImageBatch shape, Axes axes, LayerWorkspaceMgr workspaces) {
    if (memory == Memory.WORKSPACES) {
      return create(ArrayType.ACTIVATIONS, shape, axes, workspaces);
    }
    if (workspaces.isScopedOut(ArrayType.ACTIVATIONS)) {
      return new Buffer(shape.length()).as(shape, axes);
    }
    if (activations.capacity() < shape.length()) {
      activations = new Buffer(shape.length());
    }
    return activations.as(shape, axes);
  }

  /** Memory for the gradient at the layer's input. */
  INDArray inputGradient(ImageBatch shape, Axes axes, LayerWorkspaceMgr workspaces) {
    return memory == Memory.WORKSPACES
        ? create(ArrayType.ACTIVATION_GRAD, shape, axes, workspaces)
        : workbench.gradients().borrow(shape, axes);
  }

  private static INDArray create(
      ArrayType type, ImageBatch shape, Axes axes, LayerWorkspaceMgr workspaces) {
    return axes.name(
        workspaces.createUninitialized(
            type, DataType.FLOAT, shape.batch(), shape.height(), shape.width(), shape.channels()));
  }

  /** Hands the gradient at the layer's input to the layer below. */
  INDArray passDown(INDArray inputGradient, Axes axes) {
    return upstream == null ? inputGradient : upstream.add(inputGradient, axes);
  }

  /** Says that nobody reads the gradient at the layer's output any more. */
  void done(INDArray outputGradient) {
    workbench.gradients().giveBack(outputGradient);
  }
}
