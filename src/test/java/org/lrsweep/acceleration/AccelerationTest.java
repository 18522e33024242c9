package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.model.ImageShape;
import org.lrsweep.model.NetworkType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class AccelerationTest {

  private static final int BATCH = 4;

  @ParameterizedTest
  @EnumSource
  void aWholeNetworkHasTheGradientsOfTheStockOne(NetworkType type) {
    ComputationGraph stock = network(type);
    ComputationGraph fast = copy(stock);
    DataSet batch = batch(BATCH);

    AccelerationReport report = Acceleration.accelerate(fast);
    assertThat(report.isComplete()).as(report.summary()).isTrue();
    gradients(stock, batch);
    gradients(fast, batch);

    assertSameGradients(fast.gradient(), stock.gradient(), NetworkComparison.NETWORK_TOLERANCE);
  }

  @ParameterizedTest
  @EnumSource
  void aWholeNetworkPredictsAsTheStockOne(NetworkType type) {
    ComputationGraph stock = network(type);
    ComputationGraph fast = copy(stock);
    INDArray images = batch(BATCH).getFeatures();

    Acceleration.accelerate(fast);

    assertClose("output", fast.outputSingle(images), stock.outputSingle(images));
  }

  private static void gradients(ComputationGraph net, DataSet batch) {
    Nd4j.getRandom().setSeed(3);
    net.setInputs(batch.getFeatures());
    net.setLabels(batch.getLabels());
    net.computeGradientAndScore();
  }

  private static ComputationGraph network(NetworkType type) {
    ComputationGraph net =
        new ComputationGraph(
            type.configuration(new ImageShape(1, 32, 32), 10, 42, new Nesterovs(0.01, 0.9)));
    net.init();
    return net;
  }

  static DataSet batch(int size) {
    Nd4j.getRandom().setSeed(7);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, size, 10);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    return new DataSet(Nd4j.rand(DataType.FLOAT, size, 1, 32, 32), labels);
  }
}
