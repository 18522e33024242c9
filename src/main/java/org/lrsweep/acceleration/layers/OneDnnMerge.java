package org.lrsweep.acceleration.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
public final class OneDnnMerge extends MergeVertex implements AcceleratedImages {

  private final transient LayerIo io;
  private final transient Axes axes;
  private final transient PrimitiveCache<Key, Concatenation> cache = new PrimitiveCache<>();
  private final transient GradientSum[] upstream;
  private transient GradientSum readers;
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
    upstream = new GradientSum[stock.getNumInputArrays()];
    setOutputVertex(stock.isOutputVertex());
  }

  @Override
  public LayerIo io() {
    return io;
  }

  public void readsFrom(int inputNumber, GradientSum gradientSum) {
    upstream[inputNumber] = gradientSum;
  }

  /** The readers of this vertex add their gradients up themselves. */
  public void letReadersMeetIn(GradientSum gradientSum) {
    readers = gradientSum;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    io.enter(training);
    List<ImageBatch> parts = Arrays.stream(inputs).map(input -> io.images(input, axes)).toList();
    primitives = cache.get(new Key(parts, io.context().threads()), this::primitives);
    INDArray output = io.output(primitives.whole(), axes, workspaces);
    for (int i = 0; i < inputs.length; i++) {
      primitives.copyIn(i, io.input(inputs[i], axes), Address.of(output));
    }
    return io.publishOutput(output, primitives.whole(), axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    long whole = io.gradient(epsilon, axes, primitives.whole());
    List<INDArray> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      INDArray gradient = io.inputGradient(primitives.part(i), axes, workspaces);
      primitives.copyOut(i, whole, Address.of(gradient));
      if (upstream[i] == null) {
        gradients.add(gradient);
      } else if (upstream[i].isEmpty()) {
        gradients.add(upstream[i].add(gradient, axes));
      } else {
        // The graph has the sum already. It would take what stood here for the next input's.
        upstream[i].add(gradient, axes);
      }
    }
    io.done(epsilon);
    return new Pair<>(null, gradients.toArray(INDArray[]::new));
  }

  @Override
  public INDArray getEpsilon() {
    return readers == null ? super.getEpsilon() : null;
  }

  @Override
  public void setEpsilon(INDArray gradient) {
    if (readers == null || gradient != null) {
      super.setEpsilon(gradient);
    }
  }

  private Concatenation primitives(Key key) {
    return new Concatenation(io.context(), key.parts());
  }
}
