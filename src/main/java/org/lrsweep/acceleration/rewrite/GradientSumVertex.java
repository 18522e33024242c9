package org.lrsweep.acceleration.rewrite;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with several accelerated readers. They add up their gradients in a {@link GradientSum};
 * so the graph, which would add what it is given to what it finds here, finds nothing.
 */
@SuppressWarnings("overrides") // lombok leaves the varargs of setInputs out
final class GradientSumVertex extends LayerVertex {

  private final transient GradientSum gradientSum;

  GradientSumVertex(
      ComputationGraph graph, LayerVertex stock, Layer layer, GradientSum gradientSum) {
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
    this.gradientSum = gradientSum;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    super.setEpsilon(gradientSum.total());
    return super.doBackward(tbptt, workspaces);
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
