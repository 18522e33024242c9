package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer under a loss, with any activation and loss function. */
public final class OneDnnOutput extends OutputLayer implements Accelerated {

  private final transient DenseProduct product;

  public OneDnnOutput(OutputLayer stock, ExecutionContext context) {
    super(stock.conf(), DataType.FLOAT);
    product = new DenseProduct(context, stock.paramTable());
    Accelerated.takeOver(stock, this);
  }

  @Override
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
    assertInputSet(forBackprop);
    applyDropOutIfNecessary(training, workspaces);
    if (!product.takes(input)) {
      return super.preOutputWithPreNorm(training, forBackprop, workspaces);
    }
    INDArray sums = product.forward(input, workspaces);
    if (maskArray != null) {
      applyMask(sums);
    }
    return new Pair<>(sums, sums);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray sums = preOutput2d(true, workspaces);
    INDArray delta =
        layerConf()
            .getLossFn()
            .computeGradient(labels, sums, layerConf().getActivationFn(), maskArray);
    Pair<Gradient, INDArray> gradients = product.backward(input, delta, gradientViews, workspaces);
    gradients.setSecond(backpropDropOutIfPresent(gradients.getSecond()));
    return gradients;
  }
}
