package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds an accelerated network against the same network on stock layers. */
final class NetworkComparison {

  /** Of the largest value of an array: single precision, and another order of summation. */
  static final double TOLERANCE = 1e-4;

  /**
   * Through a whole network: where a ReLU's input is almost zero, its gradient may fall either way.
   */
  static final double NETWORK_TOLERANCE = 1e-2;

  private NetworkComparison() {}

  static ComputationGraph copy(ComputationGraph original) {
    ComputationGraph copy = new ComputationGraph(original.getConfiguration().clone());
    copy.init(original.params().dup(), false);
    return copy;
  }

  static MultiLayerNetwork copy(MultiLayerNetwork original) {
    MultiLayerNetwork copy = new MultiLayerNetwork(original.getLayerWiseConfigurations().clone());
    copy.init(original.params().dup(), false);
    return copy;
  }

  static void assertClose(String what, INDArray found, INDArray expected) {
    assertClose(what, found, expected, TOLERANCE);
  }

  private static void assertClose(
      String what, INDArray found, INDArray expected, double tolerance) {
    assertThat(found.shape()).as("shape of " + what).isEqualTo(expected.shape());
    // A bias before a batch norm has no gradient, only what rounding leaves of large sums.
    double scale = Math.max(1e-2, expected.amaxNumber().doubleValue());
    double difference = found.dup('c').sub(expected.dup('c')).amaxNumber().doubleValue();
    assertThat(difference).as("difference of " + what).isLessThan(tolerance * scale);
  }

  static void assertSameGradients(Gradient found, Gradient expected, double tolerance) {
    assertThat(found.gradientForVariable().keySet())
        .containsExactlyInAnyOrderElementsOf(expected.gradientForVariable().keySet());
    expected
        .gradientForVariable()
        .forEach(
            (name, value) ->
                assertClose("gradient of " + name, found.getGradientFor(name), value, tolerance));
  }
}
