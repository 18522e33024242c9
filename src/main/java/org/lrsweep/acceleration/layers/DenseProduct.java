package org.lrsweep.acceleration.layers;

import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Buffer;
import org.lrsweep.acceleration.onednn.DensePrimitives;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.lrsweep.acceleration.onednn.Threads;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrix product of a dense layer, and its gradients, over [batch, inputs] arrays. What it puts
 * out lies in workspaces, as in the stock layers.
 */
final class DenseProduct {

  private final ExecutionContext context;
  private final Map<String, INDArray> parameters;
  private final long inputs;
  private final long outputs;
  private final InputReorder sources;
  private final InputReorder gradients;
  private final PrimitiveCache<Key, DensePrimitives> cache = new PrimitiveCache<>();
  private final Buffer absentBias;
  private final Buffer absentBiasGradient;

  private record Key(long batch, int threads) {}

  /** The product by a layer's live weights [inputs, outputs] and, if it has one, bias. */
  DenseProduct(ExecutionContext context, Map<String, INDArray> parameters) {
    this.context = context;
    this.parameters = parameters;
    INDArray weights = parameters.get(DefaultParamInitializer.WEIGHT_KEY);
    inputs = weights.size(0);
    outputs = weights.size(1);
    sources = new InputReorder(context);
    gradients = new InputReorder(context);
    boolean isBiased = parameters.containsKey(DefaultParamInitializer.BIAS_KEY);
    absentBias = isBiased ? null : Buffer.zeros(outputs);
    absentBiasGradient = isBiased ? null : Buffer.zeros(outputs);
  }

  /** Whether the layer can take this array; the stock layer tells why not. */
  boolean takes(INDArray input) {
    return input.rank() == 2 && input.size(1) == inputs;
  }

  /** The weighted sums, [batch, outputs]. */
  INDArray forward(INDArray input, LayerWorkspaceMgr workspaces) {
    INDArray floats = input.castTo(DataType.FLOAT);
    INDArray sums =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, floats.size(0), outputs);
    primitives(floats)
        .forward(
            sources.rows(floats), weights(), address(parameters, absentBias), Address.of(sums));
    return sums;
  }

  /**
   * The gradients of the parameters, put into the layer's views of them, and at the input.
   *
   * @param delta the gradient at the weighted sums of the same input
   */
  Pair<Gradient, INDArray> backward(
      INDArray input, INDArray delta, Map<String, INDArray> views, LayerWorkspaceMgr workspaces) {
    INDArray floats = input.castTo(DataType.FLOAT);
    DensePrimitives primitives = primitives(floats);
    long outputGradient = gradients.rows(delta);
    INDArray weightGradient = views.get(DefaultParamInitializer.WEIGHT_KEY);
    primitives.backwardWeights(
        sources.rows(floats),
        outputGradient,
        Address.of(weightGradient),
        address(views, absentBiasGradient));
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, floats.size(0), inputs);
    primitives.backwardData(outputGradient, weights(), Address.of(inputGradient));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
    if (absentBias == null) {
      gradient.setGradientFor(
          DefaultParamInitializer.BIAS_KEY, views.get(DefaultParamInitializer.BIAS_KEY));
    }
    return new Pair<>(gradient, inputGradient);
  }

  /** By the threads of now, not of the pass: an output layer has no part in its beginning. */
  private DensePrimitives primitives(INDArray input) {
    return cache.get(
        new Key(input.size(0), Threads.inForce()),
        key -> new DensePrimitives(context, key.batch(), inputs, outputs));
  }

  private long weights() {
    return Address.of(parameters.get(DefaultParamInitializer.WEIGHT_KEY));
  }

  private static long address(Map<String, INDArray> biases, Buffer absent) {
    return absent == null
        ? Address.of(biases.get(DefaultParamInitializer.BIAS_KEY))
        : absent.address();
  }
}
