package org.lrsweep.acceleration.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.Binary;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Layout;
import org.lrsweep.acceleration.onednn.Precision;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Addition of images, as at the end of a residual block. Images of unlike shapes, which the stock
 * vertex broadcasts, are left to it.
 */
@SuppressWarnings("overrides") // lombok leaves the varargs of setInputs out
public final class OneDnnAddition extends ElementWiseVertex implements AcceleratedVertex {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient Binary addition;
  private final transient List<InputReorder> reorders;
  private final transient VertexGradients gradients;
  private final transient boolean[] shares;
  private transient List<ImageBatch> parts;
  private transient boolean broadcasts;

  /**
   * @param stock a vertex of two inputs or more
   */
  public OneDnnAddition(ComputationGraph graph, GraphVertex stock, Axes axes, LayerIo io) {
    super(
        graph,
        stock.getVertexName(),
        stock.getVertexIndex(),
        stock.getInputVertices(),
        stock.getOutputVertices(),
        Op.Add,
        DataType.FLOAT);
    this.io = io;
    this.axes = axes;
    int number = stock.getNumInputArrays();
    addition = Binary.addition(io.context());
    reorders = Stream.generate(() -> new InputReorder(io.context())).limit(number).toList();
    gradients = new VertexGradients(axes, number);
    shares = new boolean[number];
    setOutputVertex(stock.isOutputVertex());
  }

  @Override
  public LayerIo io() {
    return io;
  }

  @Override
  public void readsFrom(int inputNumber, GradientSum gradientSum) {
    gradients.readsFrom(inputNumber, gradientSum);
  }

  @Override
  public void letReadersMeetIn(GradientSum gradientSum) {
    gradients.letReadersMeetIn(gradientSum);
  }

  /**
   * Says that whoever takes the gradient at an input does not write to one that others hold. It is
   * the gradient at the output, which then need not be copied.
   */
  public void share(int inputNumber) {
    shares[inputNumber] = true;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    io.enter(training);
    parts = IntStream.range(0, inputs.length).mapToObj(i -> io.images(i, inputs[i], axes)).toList();
    broadcasts =
        parts.stream().map(part -> part.in(axes.plain()).in(Precision.FLOAT)).distinct().count()
            > 1;
    if (broadcasts) {
      Arrays.setAll(inputs, i -> axes.plain(inputs[i]));
      return super.doForward(training, workspaces);
    }
    ImageBatch sum = parts.get(0).in(commonLayout()).in(Concatenation.commonPrecision(parts));
    INDArray output = io.output(sum, axes, workspaces);
    long target = Address.of(output);
    long first = reorders.get(0).take(inputs[0], axes, sum);
    for (int i = 1; i < inputs.length; i++) {
      addition.run(sum, first, reorders.get(i).take(inputs[i], axes, sum), target);
      first = target;
    }
    return io.publishOutput(output, sum, axes, workspaces);
  }

  /** Blocks if any images are in blocks: what made them most likely reads the sum. */
  private Layout commonLayout() {
    return parts.stream().anyMatch(part -> part.layout() == Layout.BLOCKED)
        ? Layout.BLOCKED
        : Layout.CHANNELS_LAST;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray outputGradient = gradients.atOutput(epsilon);
    List<INDArray> inputGradients =
        broadcasts
            ? broadcastGradients(outputGradient, tbptt, workspaces)
            : copies(outputGradient, workspaces);
    io.done(outputGradient);
    return new Pair<>(null, gradients.handOn(inputGradients));
  }

  private List<INDArray> copies(INDArray outputGradient, LayerWorkspaceMgr workspaces) {
    List<INDArray> copies = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      boolean isShared = shares[i] && io.canShare(outputGradient, axes, parts.get(i));
      copies.add(
          isShared
              ? io.share(outputGradient)
              : copy(outputGradient, axes, parts.get(i), workspaces));
    }
    return copies;
  }

  private List<INDArray> broadcastGradients(
      INDArray outputGradient, boolean tbptt, LayerWorkspaceMgr workspaces) {
    super.setEpsilon(axes.plain(outputGradient));
    List<INDArray> given = List.of(super.doBackward(tbptt, workspaces).getSecond());
    List<INDArray> owned = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      INDArray gradient = given.get(i);
      owned.add(
          gradients.areAddedUp(i) ? copy(gradient, axes, parts.get(i), workspaces) : gradient);
    }
    return owned;
  }

  private INDArray copy(
      INDArray gradient, Axes axes, ImageBatch part, LayerWorkspaceMgr workspaces) {
    INDArray copy = io.inputGradient(part, axes, workspaces);
    io.copyGradient(gradient, axes, part, copy);
    return copy;
  }

  @Override
  public INDArray getEpsilon() {
    return gradients.meet() ? null : super.getEpsilon();
  }

  @Override
  public void setEpsilon(INDArray gradient) {
    if (!gradients.meet() || gradient != null) {
      super.setEpsilon(gradient);
    }
  }
}
