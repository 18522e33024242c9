package org.lrsweep.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class NetworkSizeTest {
  private static final ImageShape SHAPE = new ImageShape(1, 32, 32);

  private static NetworkSpec network(NetworkType type) {
    return NetworkSpec.of(type.configuration(SHAPE, 10, 1, new Sgd(0.1)));
  }

  @Test
  void parametersAreThoseOfTheNetworkThatIsBuilt() {
    for (NetworkType type : NetworkType.values()) {
      NetworkSpec network = network(type);

      assertThat(NetworkSize.of(network, SHAPE).parameters())
          .as(type.label())
          .isEqualTo(network.build().numParams());
    }
  }

  @Test
  void activationsAreTheOutputsOfAllLayersForOneImage() {
    NetworkSpec network = network(NetworkType.SMALL_CNN);
    INDArray image = Nd4j.zeros(1, 1, SHAPE.height(), SHAPE.width());

    long outputs =
        network.build().feedForward(image, false).values().stream()
            .mapToLong(INDArray::length)
            .sum();

    assertThat(NetworkSize.of(network, SHAPE).activations()).isEqualTo(outputs);
  }

  @Test
  void imagesInBfloat16CountThreeQuarters() {
    NetworkSpec network = network(NetworkType.SMALL_CNN);
    INDArray image = Nd4j.zeros(1, 1, SHAPE.height(), SHAPE.width());

    double expected =
        network.build().feedForward(image, false).values().stream()
            .mapToDouble(array -> array.rank() == 4 ? 0.75 * array.length() : array.length())
            .sum();

    assertThat(NetworkSize.of(network.withPrecision(Precision.BFLOAT16), SHAPE).activations())
        .isEqualTo((long) expected);
  }
}
