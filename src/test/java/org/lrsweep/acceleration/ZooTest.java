package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Whole networks that a configuration can name. */
class ZooTest {

  private static final int BATCH = 8;
  private static final int SIZE = 32;

  /** Of the gradient's norm: a few ReLUs of many fall to the other side of zero by rounding. */
  private static final double GRADIENT_TOLERANCE = 0.05;

  /** So nothing that costs anything in a step of theirs is a stock layer. */
  @ParameterizedTest
  @EnumSource
  void everyLayerRunsOnOneDnn(NetworkType type) {
    AccelerationReport report = Acceleration.accelerate(network(type, SIZE));

    assertThat(report.stock()).as(report.summary()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET9", "RESNET18", "MOBILENET_V2"})
  void learnsAsOnStockLayers(NetworkType type) {
    ComputationGraph stock = network(type, SIZE / 2);
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    DataSet batch = batch(SIZE / 2);

    INDArray expected = gradient(stock, batch);
    INDArray found = gradient(fast, batch);

    assertThat(fast.score()).isCloseTo(stock.score(), withinPercentage(0.1));
    assertThat(found.sub(expected).norm2Number().doubleValue())
        .as("difference of the gradient")
        .isLessThan(GRADIENT_TOLERANCE * expected.norm2Number().doubleValue());
    assertClose(
        "output", fast.outputSingle(batch.getFeatures()), stock.outputSingle(batch.getFeatures()));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET9", "RESNET18", "MOBILENET_V2"})
  void learnsTheSameBitsAgain(NetworkType type) {
    DataSet batch = batch(SIZE / 2);
    float[][] runs = new float[2][];
    for (int run = 0; run < 2; run++) {
      ComputationGraph net = network(type, SIZE / 2);
      Acceleration.accelerate(net);
      for (int step = 0; step < 2; step++) {
        net.fit(batch);
      }
      runs[run] = net.params().toFloatVector();
    }

    assertThat(Arrays.equals(runs[0], runs[1])).as("the same parameters").isTrue();
  }

  private static ComputationGraph network(NetworkType type, int size) {
    ComputationGraph network =
        new ComputationGraph(
            type.configuration(new ImageShape(1, size, size), 10, 42, new Sgd(0.01)));
    network.init();
    return network;
  }

  private static INDArray gradient(ComputationGraph network, DataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradient();
  }

  private static DataSet batch(int size) {
    Nd4j.getRandom().setSeed(5);
    return new DataSet(
        Nd4j.rand(DataType.FLOAT, BATCH, 1, size, size), AccelerationTest.batch(BATCH).getLabels());
  }
}
