package org.lrsweep.acceleration.layers;

import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Layout;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.acceleration.onednn.Primitive;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's input and output: which layers it reads and is read by, the memory of its activations
 * and gradients, and their reorders.
 */
public final class LayerIo {

  /** Where a layer's activations and gradients lie. */
  public enum Memory {
    /**
     * In buffers of its own, but for what stock layers read: a graph takes arrays from anywhere.
     */
    OWN,
    /** In ND4J's workspaces: a sequence of layers takes no others. */
    WORKSPACES
  }

  private static final int IMAGE_AXES = 4;

  private final ExecutionContext context;
  private final Memory memory;
  private final InputReorder inputs;
  private final InputReorder gradients;
  private final PrimitiveCache<OutputReorder, Primitive> outputReorders = new PrimitiveCache<>();
  private final GrowingBuffer written = new GrowingBuffer();
  private final GrowingBuffer passed = new GrowingBuffer();
  private boolean first;
  private boolean bottom;
  private boolean readByAccelerated;

  /** Of the inputs, those that accelerated layers hand over. */
  private final BitSet accelerated = new BitSet();

  private GradientSum upstream;

  private record OutputReorder(ImageBatch from, ImageBatch to, int threads) {}

  public LayerIo(ExecutionContext context, Memory memory) {
    this.context = context;
    this.memory = memory;
    inputs = new InputReorder(context);
    gradients = new InputReorder(context);
  }

  ExecutionContext context() {
    return context;
  }

  /** Says that no other accelerated layer runs before this one in a pass. */
  public void markFirst() {
    first = true;
  }

  /** Says that the layer below has other readers too, whose gradients are added up. */
  public void readsFrom(GradientSum gradientSum) {
    upstream = gradientSum;
  }

  /** Says that the layer reads the network's input, whose gradient nobody asks for. */
  public void markAtBottom() {
    bottom = true;
  }

  /** Says that only accelerated layers read this one; they take any layout. */
  public void markReadByAccelerated() {
    readByAccelerated = true;
  }

  /**
   * Says that an accelerated layer hands this one its output, in blocks if it likes, and in the
   * precision of the context.
   *
   * @param inputNumber which of the layer's inputs it is
   */
  public void markReadingAccelerated(int inputNumber) {
    accelerated.set(inputNumber);
  }

  /** Whether the layer's input is in blocks; five axes from anywhere else are not. */
  boolean isBlocked(INDArray input) {
    return !accelerated.isEmpty() && Layout.isBlocked(input);
  }

  /** The shape of the only input of a layer. */
  ImageBatch images(INDArray input, Axes axes) {
    return images(0, input, axes);
  }

  /**
   * The shape of one of the layer's inputs, as the layer is to read it. The precision depends on
   * who hands it over alone: what a listener is shown has been widened to floats in between, and
   * training must not depend on that.
   *
   * @throws DL4JInvalidInputException if it is not of four axes, nor in blocks
   */
  ImageBatch images(int inputNumber, INDArray input, Axes axes) {
    if (input.rank() != IMAGE_AXES && !isBlocked(input)) {
      throw new DL4JInvalidInputException(
          "Got rank %s array with shape %s where images were expected, a rank 4 array"
              .formatted(input.rank(), Arrays.toString(input.shape())));
    }
    return axes.images(input)
        .in(accelerated.get(inputNumber) ? context.precision() : Precision.FLOAT);
  }

  boolean needsInputGradient() {
    return !bottom;
  }

  /** Begins the layer's forward pass, in training or inference. */
  void enter(boolean training) {
    if (first) {
      context.beginPass(training);
    }
  }

  /** Where the images of an array lie, in the layout and precision of {@link #images}. */
  long input(INDArray array, Axes axes, ImageBatch wanted) {
    return inputs.take(array, axes, wanted);
  }

  /** Copies an array of the input's shape into the layout of the images. */
  void copyInput(INDArray array, Axes axes, ImageBatch images, long target) {
    inputs.copy(array, axes, images, target);
  }

  /** Where the gradient at the layer's output lies, in the layout of that output. */
  long gradient(INDArray array, Axes axes, ImageBatch output) {
    return gradients.take(array, axes, output);
  }

  /** Where the gradient at an output of [batch, features] lies, row after row. */
  long gradientRows(INDArray array) {
    return gradients.rows(array);
  }

  /** Copies a gradient into the layout of the images of another array. */
  void copyGradient(INDArray gradient, Axes axes, ImageBatch images, INDArray target) {
    gradients.copy(gradient, axes, images, Address.of(target));
  }

  /** Memory for what the layer puts out; {@link #publishOutput} follows when it is written. */
  INDArray output(ImageBatch images, Axes axes, LayerWorkspaceMgr workspaces) {
    return canPass(images, axes, workspaces)
        ? create(images, axes, workspaces)
        : written.as(images, axes);
  }

  /** Hands what the layer has written to its readers, in the plain layout if they need that. */
  INDArray publishOutput(
      INDArray output, ImageBatch images, Axes axes, LayerWorkspaceMgr workspaces) {
    if (canPass(images, axes, workspaces)) {
      return output;
    }
    ImageBatch plain = images.in(axes.plain()).in(Precision.FLOAT);
    INDArray array = create(ArrayType.ACTIVATIONS, plain, axes, workspaces);
    outputReorders
        .get(
            new OutputReorder(images, plain, context.threads()),
            exit -> Primitive.copy(context, exit.from().description(), exit.to().description()))
        .at(dnnl.DNNL_ARG_FROM, Address.of(output))
        .at(dnnl.DNNL_ARG_TO, Address.of(array))
        .run();
    return array;
  }

  private boolean canPass(ImageBatch images, Axes axes, LayerWorkspaceMgr workspaces) {
    if (images.layout() == Layout.BLOCKED || images.precision() != Precision.FLOAT) {
      return readByAccelerated
          && !workspaces.isScopedOut(ArrayType.ACTIVATIONS)
          && !context.isWatched();
    }
    return readByAccelerated || images.layout() == axes.plain();
  }

  /**
   * Where only accelerated layers read, memory of the layer's own, overwritten by the next pass;
   * else what a stock layer would take, whose readers may write to it.
   */
  private INDArray create(ImageBatch images, Axes axes, LayerWorkspaceMgr workspaces) {
    if (memory == Memory.WORKSPACES || !readByAccelerated) {
      return create(ArrayType.ACTIVATIONS, images, axes, workspaces);
    }
    if (workspaces.isScopedOut(ArrayType.ACTIVATIONS)) {
      return new Buffer(images).as(images, axes);
    }
    return passed.as(images, axes);
  }

  /** Memory for the gradient at the layer's input, in the layout of the input. */
  INDArray inputGradient(ImageBatch input, Axes axes, LayerWorkspaceMgr workspaces) {
    return memory == Memory.WORKSPACES
        ? create(ArrayType.ACTIVATION_GRAD, input, axes, workspaces)
        : context.gradients().borrow(input, axes);
  }

  /** The same, in the place of the gradient at the output where that is free. */
  INDArray inputGradient(
      INDArray outputGradient, ImageBatch input, Axes axes, LayerWorkspaceMgr workspaces) {
    boolean inPlace =
        context.gradients().isSoleHolder(outputGradient)
            && InputReorder.lies(outputGradient, axes, input);
    return inPlace ? outputGradient : inputGradient(input, axes, workspaces);
  }

  private static INDArray create(
      ArrayType type, ImageBatch images, Axes axes, LayerWorkspaceMgr workspaces) {
    return axes.name(
        workspaces.createUninitialized(type, images.precision().arrays(), images.sizesInMemory()),
        images.layout());
  }

  /** Whether the gradient at the output can be the one at an input as it is. */
  boolean canShare(INDArray outputGradient, Axes axes, ImageBatch input) {
    return context.gradients().owns(outputGradient)
        && InputReorder.lies(outputGradient, axes, input);
  }

  /** Lets one more layer hold the gradient at the output. */
  INDArray share(INDArray outputGradient) {
    context.gradients().share(outputGradient);
    return outputGradient;
  }

  /** Hands the gradient at the layer's input to the layer below. */
  INDArray publishInputGradient(INDArray inputGradient, Axes axes) {
    return upstream == null ? inputGradient : upstream.add(inputGradient, axes);
  }

  /** Says that nobody reads the gradient at the layer's output any more. */
  void done(INDArray outputGradient) {
    context.gradients().giveBack(outputGradient);
  }

  /** The same, where the gradient at the input may have taken its place. */
  @SuppressWarnings("ReferenceEquality") // the very array, whatever its values
  void done(INDArray outputGradient, INDArray inputGradient) {
    if (outputGradient != inputGradient) {
      done(outputGradient);
    }
  }
}
