package org.lrsweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Decoupled weight decay, Algorithm 2 of Loshchilov and Hutter (arXiv 1711.05101). */
class WeightDecayTest {
  private static final double RATE = 1e-3;
  private static final double DECAY = 0.5;

  private static NetworkSpec spec(Optimizer optimizer) {
    return NetworkSpec.of(TestNetworks.batchNormAndDropout(new Sgd(0.1)))
        .withUpdater(optimizer.updater(new Optimizer.Coefficients(0.9, 0.9, 0.999, 1e-8, 0.9)));
  }

  private static Map<String, INDArray> afterAStep(NetworkSpec spec) {
    ComputationGraph network = spec.build();
    network.getConfiguration().setIterationCount(0);
    INDArray examples =
        Nd4j.linspace(-1, 1, 4L * ArrayExamples.INPUTS, DataType.FLOAT)
            .reshape(4, ArrayExamples.INPUTS);
    INDArray labels = Nd4j.zeros(4, ArrayExamples.CLASSES);
    labels.getColumn(1).assign(1);
    Nd4j.getRandom().setSeed(3);
    network.fit(new INDArray[] {examples}, new INDArray[] {labels});
    return new TreeMap<>(network.paramTable());
  }

  /** Whatever the optimizer makes of the gradient, the decay comes beside it. */
  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void aStepTakesItsShareOfTheWeightsOffThem(Optimizer optimizer) {
    NetworkSpec plain = spec(optimizer);
    Map<String, INDArray> before = plain.build().paramTable();
    Map<String, INDArray> without = afterAStep(plain);
    Map<String, INDArray> with = afterAStep(plain.withWeightDecay(DECAY));

    assertThat(without.get("hidden_W")).isNotEqualTo(before.get("hidden_W"));
    with.forEach(
        (name, values) -> {
          double share = name.endsWith("_W") ? RATE * DECAY : 0;
          INDArray expected = without.get(name).sub(before.get(name).mul(share));
          assertThat(values.sub(expected).amaxNumber().doubleValue())
              .as(name)
              .isEqualTo(0, within(1e-6));
        });
  }
}
