package org.lrsweep.acceleration.rewrite;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with several accelerated readers. They add up their gradients in a {@link GradientSum};
 * so the graph, which would add what it is given to what it finds here, finds nothing.
 */
@SuppressWarnings("overrides") // lombok leaves the varargs of setInputs out
final class GradientSumVertex extends LayerVertex {

  GradientSumVertex(ComputationGraph graph, LayerVertex stock, Layer layer) {
    super(
        graph,
        stock.getVertexName(),
        stock.getVertexIndex(),
        stock.getInputVertices(),
        stock.getOutputVertices(),
        layer,
        stock.getLayerPreProcessor(),
        false,
        DataType.FLOAT);
  }

  @Override
  public INDArray getEpsilon() {
    return null;
  }

  @Override
  public void setEpsilon(INDArray gradient) {
    if (gradient != null) {
      super.setEpsilon(gradient);
    }
  }
}
