package org.lrsweep.training.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class MinibatchesTest {
  @Test
  void holdTheValuesInTheOrderOfTheirShape() {
    float[] features = {1, 2, 3, 4, 5, 6, 7, 8};
    float[] labels = {1, 0, 0, 0, 0, 1};

    DataSet batch = Minibatches.of(features, new long[] {2, 1, 2, 2}, labels, 3);

    assertThat(batch.getFeatures()).isEqualTo(Nd4j.create(features, new long[] {2, 1, 2, 2}, 'c'));
    assertThat(batch.getLabels()).isEqualTo(Nd4j.create(labels, new long[] {2, 3}, 'c'));
  }

  @Test
  void areRefusedIfAnArrayIsNotAsLongAsItsShapeSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Minibatches.of(new float[7], new long[] {2, 4}, new float[4], 2))
        .withMessage("An array of shape [2, 4] has 8 values, found 7");
  }
}
