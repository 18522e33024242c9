package org.lrsweep.acceleration.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.lrsweep.acceleration.AccelerationReport;
import org.lrsweep.acceleration.AccelerationReport.Stock;
import org.lrsweep.acceleration.layers.AcceleratedImages;
import org.lrsweep.acceleration.layers.FusedRelu;
import org.lrsweep.acceleration.layers.LayerIo;
import org.lrsweep.acceleration.layers.OneDnnAddition;
import org.lrsweep.acceleration.layers.OneDnnBatchNormalization;
import org.lrsweep.acceleration.layers.OneDnnConvolution;
import org.lrsweep.acceleration.layers.OneDnnConvolution1D;
import org.lrsweep.acceleration.layers.OneDnnMerge;
import org.lrsweep.acceleration.nd4j.GraphUpdater;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.FusedActivation;
import org.lrsweep.acceleration.onednn.Precision;

/** Puts oneDNN versions in the places of a graph's live layers and vertices. */
public final class GraphAcceleration {

  private final ComputationGraph graph;
  private final GraphVertex[] vertices;
  private final ExecutionContext context;
  private final AcceleratedImages[] replacements;
  private final boolean[] putsOutImages;
  private final Axes[] axes;
  private final List<String> accelerated = new ArrayList<>();
  private final List<Stock> stock = new ArrayList<>();
  private boolean hasSites;

  public GraphAcceleration(ComputationGraph graph, Precision precision) {
    this.graph = graph;
    vertices = graph.getVertices();
    context = new ExecutionContext(() -> Watchers.areAmong(graph.getListeners()), precision);
    replacements = new AcceleratedImages[vertices.length];
    putsOutImages = new boolean[vertices.length];
    axes = new Axes[vertices.length];
  }

  public AccelerationReport run() {
    for (int index : graph.topologicalSortOrder()) {
      replace(vertices[index]);
    }
    new GraphReaders(graph, replacements, putsOutImages, axes, context).connect();
    GraphUpdater.install(graph);
    return new AccelerationReport(accelerated, stock);
  }

  private void replace(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layerVertex) {
      replaceLayer(layerVertex);
    } else if (vertex.getClass() == MergeVertex.class && readsImages(vertex)) {
      replaceMerge(vertex);
    } else if (vertex instanceof ElementWiseVertex && readsImages(vertex)) {
      replaceElementWise(vertex);
    }
  }

  private void replaceLayer(LayerVertex vertex) {
    int index = vertex.getVertexIndex();
    Layer layer = vertex.getLayer();
    if (LayerReplacement.isDense(layer)) {
      replaceDense(vertex);
      return;
    }
    if (LayerReplacement.isOverSteps(layer)) {
      replaceOverSteps(vertex, (Convolution1DLayer) layer);
      return;
    }
    boolean readsImages = readsImages(vertex) && vertex.getLayerPreProcessor() == null;
    if (!LayerReplacement.worksOnImages(layer, readsImages)) {
      leave(vertex, Obstacles.withoutImages(layer));
      return;
    }
    int below = inputs(vertex)[0];
    putsOutImages[index] = LayerReplacement.putsOutImages(layer);
    axes[index] = LayerReplacement.axes(layer, axes[below]);
    String obstacle = Obstacles.of(layer, axes[index]);
    if (obstacle != null) {
      leave(vertex, obstacle);
      return;
    }
    if (isFused(vertex)) {
      setLayer(vertex, new FusedRelu((ActivationLayer) layer));
      accelerated.add(vertex.getVertexName());
      return;
    }
    LayerIo io = newSite();
    AcceleratedImages replacement =
        layer instanceof BatchNormalization norm && reluAfter(vertex) != null
            ? new OneDnnBatchNormalization(norm, io, FusedActivation.RELU)
            : LayerReplacement.of(layer, io, axes[index]);
    setLayer(vertex, (Layer) replacement);
    accept(index, replacement);
    if (replacement instanceof OneDnnBatchNormalization folding) {
      foldInto(vertices[below], folding);
    }
  }

  /** Lets a convolution do a batch norm's work in inference, if nothing else reads it. */
  private void foldInto(GraphVertex below, OneDnnBatchNormalization norm) {
    if (below instanceof LayerVertex vertex
        && vertex.getLayer() instanceof OneDnnConvolution convolution
        && vertex.getOutputVertices().length == 1
        && !isNetworkOutput(vertex)
        && convolution.canFold(norm)) {
      convolution.takeOver(norm);
    }
  }

  private void replaceDense(LayerVertex vertex) {
    String obstacle = Obstacles.ofDense(vertex.getLayer());
    if (obstacle == null) {
      setLayer(vertex, LayerReplacement.ofDense(vertex.getLayer(), context));
      accelerated.add(vertex.getVertexName());
    } else {
      leave(vertex, obstacle);
    }
  }

  private void replaceOverSteps(LayerVertex vertex, Convolution1DLayer layer) {
    String obstacle = Obstacles.overSteps(layer);
    if (obstacle == null) {
      LayerIo io = newSite(LayerIo.Memory.WORKSPACES);
      setLayer(vertex, new OneDnnConvolution1D(layer, io));
      accelerated.add(vertex.getVertexName());
    } else {
      leave(vertex, obstacle);
    }
  }

  private void replaceMerge(GraphVertex vertex) {
    int index = vertex.getVertexIndex();
    putsOutImages[index] = true;
    int mergeAxis =
        ((org.deeplearning4j.nn.conf.graph.MergeVertex)
                graph.getConfiguration().getVertices().get(vertex.getVertexName()))
            .getMergeAxis();
    axes[index] = axes[inputs(vertex)[0]];
    if (mergeAxis != (axes[index] == Axes.NCHW ? 1 : 3)
        || !Arrays.stream(inputs(vertex)).allMatch(input -> axes[input] == axes[index])) {
      leave(vertex, "merges axis %s of images that name their axes otherwise".formatted(mergeAxis));
      return;
    }
    OneDnnMerge merge = new OneDnnMerge(graph, vertex, axes[index], newSite());
    vertices[index] = merge;
    accept(index, merge);
  }

  private void replaceElementWise(GraphVertex vertex) {
    int index = vertex.getVertexIndex();
    putsOutImages[index] = true;
    axes[index] = axes[inputs(vertex)[0]];
    boolean adds =
        ((org.deeplearning4j.nn.conf.graph.ElementWiseVertex)
                    graph.getConfiguration().getVertices().get(vertex.getVertexName()))
                .getOp()
            == org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op.Add;
    if (!adds
        || inputs(vertex).length < 2
        || !Arrays.stream(inputs(vertex)).allMatch(input -> axes[input] == axes[index])) {
      leave(vertex, "oneDNN version not written");
      return;
    }
    OneDnnAddition addition = new OneDnnAddition(graph, vertex, axes[index], newSite());
    vertices[index] = addition;
    accept(index, addition);
  }

  private LayerIo newSite() {
    return newSite(LayerIo.Memory.OWN);
  }

  private LayerIo newSite(LayerIo.Memory memory) {
    LayerIo io = new LayerIo(context, memory);
    if (!hasSites) {
      io.markFirst();
      hasSites = true;
    }
    return io;
  }

  private void accept(int index, AcceleratedImages replacement) {
    replacements[index] = replacement;
    accelerated.add(vertices[index].getVertexName());
  }

  private void leave(GraphVertex vertex, String reason) {
    Object type = vertex.hasLayer() ? vertex.getLayer() : vertex;
    stock.add(new Stock(vertex.getVertexName(), type.getClass().getSimpleName(), reason));
  }

  @SuppressWarnings("ReferenceEquality") // layers have an equals of their own, over their values
  private void setLayer(LayerVertex vertex, Layer replacement) {
    Layer[] layers = graph.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] == vertex.getLayer()) {
        layers[i] = replacement;
      }
    }
    vertex.setLayer(replacement);
  }

  private boolean isFused(LayerVertex vertex) {
    return vertices[inputs(vertex)[0]] instanceof LayerVertex source
        && source.getLayer() instanceof OneDnnBatchNormalization
        && reluAfter(source) != null;
  }

  /** The ReLU that is the only reader of a vertex, or null. */
  private LayerVertex reluAfter(LayerVertex vertex) {
    VertexIndices[] readers = vertex.getOutputVertices();
    if (readers == null || readers.length != 1 || isNetworkOutput(vertex)) {
      return null;
    }
    return vertices[readers[0].getVertexIndex()] instanceof LayerVertex reader
            && reader.getLayerPreProcessor() == null
            && LayerReplacement.isRelu(reader.getLayer())
        ? reader
        : null;
  }

  private boolean readsImages(GraphVertex vertex) {
    return vertex.getInputVertices() != null
        && Arrays.stream(inputs(vertex)).allMatch(index -> putsOutImages[index]);
  }

  private boolean isNetworkOutput(GraphVertex vertex) {
    return GraphReaders.isNetworkOutput(graph, vertex);
  }

  private static int[] inputs(GraphVertex vertex) {
    return Arrays.stream(vertex.getInputVertices())
        .mapToInt(VertexIndices::getVertexIndex)
        .toArray();
  }
}
