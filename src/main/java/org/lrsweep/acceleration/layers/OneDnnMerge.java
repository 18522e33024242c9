package org.lrsweep.acceleration.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Concatenation of images along the channels. */
@SuppressWarnings("overrides") // lombok leaves the varargs of setInputs out
public final class OneDnnMerge extends MergeVertex implements AcceleratedVertex {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, Concatenation> cache = new PrimitiveCache<>();
  private final transient VertexGradients gradients;
  private transient Concatenation primitives;

  private record Key(List<ImageBatch> parts, int threads) {}

  public OneDnnMerge(ComputationGraph graph, GraphVertex stock, Axes axes, LayerIo io) {
    super(
        graph,
        stock.getVertexName(),
        stock.getVertexIndex(),
        stock.getInputVertices(),
        stock.getOutputVertices(),
        DataType.FLOAT,
        axes == Axes.NCHW ? 1 : 3);
    this.io = io;
    this.axes = axes;
    gradients = new VertexGradients(axes, stock.getNumInputArrays());
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

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    io.enter(training);
    List<ImageBatch> parts =
        IntStream.range(0, inputs.length).mapToObj(i -> io.images(i, inputs[i], axes)).toList();
    primitives = cache.get(new Key(parts, io.context().threads()), this::primitives);
    INDArray output = io.output(primitives.whole(), axes, workspaces);
    for (int i = 0; i < inputs.length; i++) {
      primitives.copyIn(i, io.input(inputs[i], axes, parts.get(i)), Address.of(output));
    }
    return io.publishOutput(output, primitives.whole(), axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray outputGradient = gradients.atOutput(epsilon);
    long whole = io.gradient(outputGradient, axes, primitives.whole());
    List<INDArray> inputGradients = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      INDArray gradient = io.inputGradient(primitives.part(i), axes, workspaces);
      primitives.copyOut(i, whole, Address.of(gradient));
      inputGradients.add(gradient);
    }
    io.done(outputGradient);
    return new Pair<>(null, gradients.handOn(inputGradients));
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

  private Concatenation primitives(Key key) {
    return new Concatenation(io.context(), key.parts());
  }
}
