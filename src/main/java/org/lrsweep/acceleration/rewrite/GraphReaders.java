package org.lrsweep.acceleration.rewrite;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.lrsweep.acceleration.layers.AcceleratedImages;
import org.lrsweep.acceleration.layers.AcceleratedVertex;
import org.lrsweep.acceleration.layers.FusedRelu;
import org.lrsweep.acceleration.layers.OneDnnAddition;
import org.lrsweep.acceleration.layers.OneDnnConvolution;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.GradientSum;

/** Tells the accelerated layers of a graph who reads them, once all have their places. */
final class GraphReaders {

  private final ComputationGraph graph;
  private final GraphVertex[] vertices;
  private final AcceleratedImages[] replacements;
  private final boolean[] putsOutImages;
  private final Axes[] axes;
  private final ExecutionContext context;

  /**
   * @param replacements by vertex; null where a vertex is stock
   * @param putsOutImages by vertex
   * @param axes of what a vertex puts out, by vertex
   */
  GraphReaders(
      ComputationGraph graph,
      AcceleratedImages[] replacements,
      boolean[] putsOutImages,
      Axes[] axes,
      ExecutionContext context) {
    this.graph = graph;
    this.replacements = replacements;
    this.putsOutImages = putsOutImages;
    this.axes = axes;
    this.context = context;
    vertices = graph.getVertices();
  }

  void connect() {
    for (int index = 0; index < vertices.length; index++) {
      addUpGradients(index);
    }
    for (int index = 0; index < vertices.length; index++) {
      shareGradients(index);
      if (vertices[index].isInputVertex()) {
        leaveOutGradients(vertices[index]);
      } else if (replacements[index] != null && areAccelerated(vertices[index], axes[index])) {
        replacements[index].io().markReadByAccelerated();
        letTakeBlocks(vertices[index]);
      }
    }
  }

  /**
   * Nobody asks for the gradient at the network's input, and convolutions can do without it; but
   * the graph adds up what readers send, so that all of them must.
   */
  private void leaveOutGradients(GraphVertex input) {
    VertexIndices[] readers = input.getOutputVertices();
    if (readers != null && Arrays.stream(readers).allMatch(this::isConvolution)) {
      for (VertexIndices reader : readers) {
        replacements[reader.getVertexIndex()].io().markAtBottom();
      }
    }
  }

  private boolean isConvolution(VertexIndices reader) {
    return isAccelerated(reader, axes[reader.getVertexIndex()])
        && replacements[reader.getVertexIndex()] instanceof OneDnnConvolution;
  }

  /** Lets the readers of a vertex add their gradients up, if all of them know how. */
  private void addUpGradients(int index) {
    GraphVertex vertex = vertices[index];
    VertexIndices[] readers = vertex.getOutputVertices();
    if (!putsOutImages[index]
        || readers == null
        || readers.length < 2
        || isNetworkOutput(graph, vertex)
        || !Arrays.stream(readers).allMatch(reader -> isAccelerated(reader, axes[index]))) {
      return;
    }
    GradientSum gradientSum = new GradientSum(context);
    if (vertex instanceof AcceleratedVertex accelerated) {
      accelerated.letReadersMeetIn(gradientSum);
    } else if (vertex.getClass() == LayerVertex.class) {
      LayerVertex layerVertex = (LayerVertex) vertex;
      vertices[index] =
          new GradientSumVertex(graph, layerVertex, layerVertex.getLayer(), gradientSum);
    } else {
      return;
    }
    for (VertexIndices reader : readers) {
      AcceleratedImages replacement = replacements[reader.getVertexIndex()];
      if (replacement instanceof AcceleratedVertex accelerated) {
        accelerated.readsFrom(reader.getVertexEdgeNumber(), gradientSum);
        letShare(reader);
      } else {
        replacement.io().readsFrom(gradientSum);
      }
    }
  }

  /** Lets an addition that alone reads an accelerated vertex hand it its own gradient. */
  private void shareGradients(int index) {
    VertexIndices[] readers = vertices[index].getOutputVertices();
    if (replacements[index] != null
        && readers != null
        && readers.length == 1
        && !isNetworkOutput(graph, vertices[index])) {
      letShare(readers[0]);
    }
  }

  private void letShare(VertexIndices reader) {
    if (replacements[reader.getVertexIndex()] instanceof OneDnnAddition addition) {
      addition.share(reader.getVertexEdgeNumber());
    }
  }

  /** Whether all readers of images are accelerated, and name their axes as the images do. */
  private boolean areAccelerated(GraphVertex vertex, Axes images) {
    VertexIndices[] readers = vertex.getOutputVertices();
    return readers != null
        && !isNetworkOutput(graph, vertex)
        && Arrays.stream(readers)
            .allMatch(
                reader ->
                    isFusedRelu(reader)
                        ? areAccelerated(vertices[reader.getVertexIndex()], images)
                        : isAccelerated(reader, images));
  }

  private void letTakeBlocks(GraphVertex vertex) {
    for (VertexIndices reader : vertex.getOutputVertices()) {
      if (isFusedRelu(reader)) {
        letTakeBlocks(vertices[reader.getVertexIndex()]);
      } else {
        replacements[reader.getVertexIndex()]
            .io()
            .markReadingAccelerated(reader.getVertexEdgeNumber());
      }
    }
  }

  /** Whether a reader takes such images in any layout, and can add its gradient to others'. */
  private boolean isAccelerated(VertexIndices reader, Axes images) {
    int index = reader.getVertexIndex();
    return replacements[index] != null
        && axes[index] == images
        && !(vertices[index] instanceof LayerVertex layerVertex
            && layerVertex.getLayerPreProcessor() != null);
  }

  /** Whether what a vertex puts out is read from outside the network too. */
  static boolean isNetworkOutput(ComputationGraph graph, GraphVertex vertex) {
    return graph.getConfiguration().getNetworkOutputs().contains(vertex.getVertexName());
  }

  /** Whether a reader only passes on what the norm below it puts out. */
  private boolean isFusedRelu(VertexIndices reader) {
    return vertices[reader.getVertexIndex()] instanceof LayerVertex vertex
        && vertex.getLayer() instanceof FusedRelu;
  }
}
