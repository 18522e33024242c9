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
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Junction;
import org.lrsweep.acceleration.onednn.Plans;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Concatenation of images along the channels. */
@SuppressWarnings("overrides") // lombok leaves the varargs of setInputs out
public final class OneDnnMerge extends MergeVertex implements AcceleratedImages {

  private final transient Site site;
  private final transient Axes axes;
  private final transient Plans<Key, Concatenation> plans = new Plans<>();
  private final transient Junction[] upstream;
  private transient Junction readers;
  private transient Concatenation kernels;

  private record Key(List<ImageBatch> parts, int threads) {}

  public OneDnnMerge(ComputationGraph graph, GraphVertex stock, Axes axes, Site site) {
    super(
        graph,
        stock.getVertexName(),
        stock.getVertexIndex(),
        stock.getInputVertices(),
        stock.getOutputVertices(),
        DataType.FLOAT,
        axes == Axes.NCHW ? 1 : 3);
    this.site = site;
    this.axes = axes;
    upstream = new Junction[stock.getNumInputArrays()];
    setOutputVertex(stock.isOutputVertex());
  }

  @Override
  public Site site() {
    return site;
  }

  public void readsFrom(int inputNumber, Junction junction) {
    upstream[inputNumber] = junction;
  }

  /** The readers of this vertex add their gradients up themselves. */
  public void letReadersMeetIn(Junction junction) {
    readers = junction;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    site.enter(training);
    List<ImageBatch> parts = Arrays.stream(inputs).map(input -> site.images(input, axes)).toList();
    kernels = plans.get(new Key(parts, site.workbench().threads()), this::kernels);
    INDArray output = site.output(kernels.whole(), axes, workspaces);
    for (int i = 0; i < inputs.length; i++) {
      kernels.copyIn(i, site.input(inputs[i], axes), Address.of(output));
    }
    return site.passUp(output, kernels.whole(), axes, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    long whole = site.gradient(epsilon, axes, kernels.whole());
    List<INDArray> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      INDArray gradient = site.inputGradient(kernels.part(i), axes, workspaces);
      kernels.copyOut(i, whole, Address.of(gradient));
      if (upstream[i] == null) {
        gradients.add(gradient);
      } else if (upstream[i].isEmpty()) {
        gradients.add(upstream[i].add(gradient, axes));
      } else {
        // The graph has the sum already. It would take what stood here for the next input's.
        upstream[i].add(gradient, axes);
      }
    }
    site.done(epsilon);
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

  private Concatenation kernels(Key key) {
    return new Concatenation(site.workbench(), key.parts());
  }
}
