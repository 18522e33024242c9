package org.lrsweep.training.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lrsweep.testing.ArrayExamples;
import org.nd4j.linalg.dataset.DataSet;

class ColumnLabelsTest {

  @Test
  void aClassIsItsNumber() {
    float[][] features = {{1, 2}, {3, 4}, {5, 6}};
    float[][] labels = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
    WorkerExamples examples = new ColumnLabels(new ArrayExamples(features, labels));

    DataSet batch = examples.minibatch(0, 0, 3);

    assertThat(examples.size()).isEqualTo(3);
    assertThat(batch.getLabels().shape()).containsExactly(3, 1);
    assertThat(batch.getLabels().toFloatVector()).containsExactly(1, 0, 2);
    assertThat(batch.getFeatures().toFloatMatrix()).isDeepEqualTo(features);
  }
}
