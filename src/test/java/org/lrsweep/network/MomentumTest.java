package org.lrsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class MomentumTest {

  /** As one_cycle moves it: of AdamW, which is Adam beside a decay, it is beta1. */
  @Test
  void aScheduleMovesBeta1OfAdamW() {
    Optimizer.Coefficients own = new Optimizer.Coefficients(0.9, 0.8, 0.999, 1e-8, 0.9);
    NetworkSpec spec =
        NetworkSpec.of(TestNetworks.batchNormAndDropout(new Sgd(0.1)))
            .withUpdater(Optimizer.ADAMW.updater(own))
            .withWeightDecay(0.01);
    LayerUpdaters.training(spec.configuration())
        .forEach(each -> MomentumCoefficients.require(each.updater()));
    ComputationGraph network = spec.build();
    MomentumCoefficients coefficients = new MomentumCoefficients(network);

    coefficients.set(0.5);
    assertThat(beta1(network)).isNotEmpty().containsOnly(0.5);
    coefficients.reset();
    assertThat(beta1(network)).containsOnly(0.8);
  }

  private static List<Double> beta1(ComputationGraph network) {
    return LayerUpdaters.training(network.getConfiguration()).stream()
        .map(each -> ((Adam) each.updater()).getBeta1())
        .toList();
  }

  /** v1 = -0.1*2 = -0.2; v2 = 0.9*-0.2 - 0.1*3 = -0.48; v3 = 0.9*-0.48 - 0.1*-1 = -0.332. */
  @Test
  void followsKerasFormula() {
    GradientUpdater<?> updater = new Momentum(0.1, 0.9).instantiate(Nd4j.zeros(1, 1), true);
    double[] gradients = {2, 3, -1};
    double[] steps = {-0.2, -0.48, -0.332};
    for (int i = 0; i < gradients.length; i++) {
      INDArray gradient = Nd4j.create(new double[] {gradients[i]}, new long[] {1, 1});
      gradient = gradient.castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);

      updater.applyUpdater(gradient, i, 0);

      // DL4J subtracts what an updater returns.
      assertThat(-gradient.getDouble(0)).isCloseTo(steps[i], within(1e-6));
    }
  }

  @Test
  void withoutMomentumIsPlainGradientDescent() {
    INDArray gradient = Nd4j.createFromArray(1f, -2f, 3f).reshape(1, 3);
    new Momentum(0.5, 0).instantiate(Nd4j.zeros(1, 3), true).applyUpdater(gradient, 0, 0);

    assertThat(gradient.toFloatVector()).containsExactly(0.5f, -1f, 1.5f);
  }

  @Test
  void isKeptInANetworksJson() {
    ComputationGraphConfiguration network = TestNetworks.dense(new Momentum(0.25, 0.8));

    ComputationGraphConfiguration restored =
        ComputationGraphConfiguration.fromJson(network.toJson());

    assertThat(restored).isEqualTo(network);
    assertThat(restored.toJson()).contains(Momentum.class.getName());
  }

  @Test
  void refusesMomentumOutOfRange() {
    assertThatThrownBy(() -> new Momentum(0.1, 1))
        .hasMessage("momentum must be >= 0 and < 1, found 1.0");
  }
}
