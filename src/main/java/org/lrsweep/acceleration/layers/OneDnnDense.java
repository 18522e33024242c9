package org.lrsweep.acceleration.layers;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer, with any activation function; its backward pass needs no second product. */
public final class OneDnnDense extends DenseLayer implements Accelerated {

  private final transient DenseProduct product;
  private final transient GrowingBuffer kept = new GrowingBuffer();

  public OneDnnDense(DenseLayer stock, ExecutionContext context) {
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
    INDArray sums = forBackprop ? recall(workspaces) : product.forward(input, workspaces);
    if (!forBackprop && maskArray != null) {
      applyMask(sums);
    }
    if (training && !forBackprop) {
      keep(sums);
    }
    return new Pair<>(sums, sums);
  }

  /** Activation functions work in place, forward and backward. */
  private void keep(INDArray sums) {
    copy(Address.of(sums), kept.atLeast(sums.length()).address(), sums.length());
  }

  private INDArray recall(LayerWorkspaceMgr workspaces) {
    long outputs = layerConf().getNOut();
    INDArray sums =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, DataType.FLOAT, input.size(0), outputs);
    copy(kept.address(), Address.of(sums), sums.length());
    return sums;
  }

  private static void copy(long from, long to, long floats) {
    Pointer.memcpy(new Address(to), new Address(from), floats * Float.BYTES);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray sums = preOutputWithPreNorm(true, true, workspaces).getFirst();
    INDArray delta = layerConf().getActivationFn().backprop(sums, epsilon).getFirst();
    if (maskArray != null) {
      applyMask(delta);
    }
    Pair<Gradient, INDArray> gradients = product.backward(input, delta, gradientViews, workspaces);
    gradients.setSecond(backpropDropOutIfPresent(gradients.getSecond()));
    return gradients;
  }
}
