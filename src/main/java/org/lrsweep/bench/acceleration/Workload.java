package org.lrsweep.bench.acceleration;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network costs for one image, in multiplications and additions of its convolutions and
 * dense layers.
 *
 * @param forward operations of a forward pass
 * @param first operations of the first layer in it, whose input needs no gradient
 */
record Workload(double forward, double first) {

  /** Counts on a network of stock layers, by the shapes of its activations and weights. */
  static Workload of(ComputationGraph network, long... imageShape) {
    Map<String, INDArray> activations =
        network.feedForward(Nd4j.zeros(DataType.FLOAT, imageShape), false);
    double forward = 0;
    double first = 0;
    for (Layer layer : network.getLayers()) {
      double operations = operations(layer, activations);
      forward += operations;
      first = first == 0 ? operations : first;
    }
    return new Workload(forward, first);
  }

  private static double operations(Layer layer, Map<String, INDArray> activations) {
    INDArray weights = layer.paramTable() == null ? null : layer.paramTable().get("W");
    if (weights == null) {
      return 0;
    }
    INDArray output = activations.get(layer.conf().getLayer().getLayerName());
    double pixels = output.rank() == 4 ? (double) output.size(2) * output.size(3) : 1;
    return 2 * pixels * weights.length();
  }

  /** In 10^9 operations; backward is twice forward, but for the gradient at the images. */
  double gflop(Phase phase, int batch) {
    double operations = phase == Phase.INFER ? forward : 3 * forward - first;
    return operations * batch / 1e9;
  }
}
