package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The place of a ReLU that the norm below does in its own kernel. */
public final class FusedRelu extends ActivationLayer {

  public FusedRelu(ActivationLayer stock) {
    super(stock.conf(), DataType.FLOAT);
    Accelerated.takeOver(stock, this);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, input);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return new Pair<>(
        new DefaultGradient(), workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon));
  }
}
