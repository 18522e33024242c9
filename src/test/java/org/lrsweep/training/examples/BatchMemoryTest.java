package org.lrsweep.training.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class BatchMemoryTest {
  private static final long[] SHAPE = {2, 4};

  @Test
  void theNextBatchOfTheShapesHasTheMemoryGivenBack() {
    DataSet first = batch(1);
    Minibatches.giveBack(first);

    DataSet second = batch(5);

    assertThat(second.getFeatures()).isSameAs(first.getFeatures());
    assertThat(second.getLabels()).isSameAs(first.getLabels());
    assertThat(FlatArrays.copy(second.getFeatures())).containsOnly(5);
    assertThat(batch(7).getFeatures()).isNotSameAs(second.getFeatures());
  }

  @Test
  void aBatchOfAnotherShapeHasMemoryOfItsOwn() {
    INDArray given = BatchMemory.ofThisThread().take(3, 5);
    BatchMemory.ofThisThread().giveBack(given);

    assertThat(BatchMemory.ofThisThread().take(5, 3).shape()).containsExactly(5, 3);
  }

  @Test
  void whatIsGivenBackBeyondTwoArraysIsFreed() {
    BatchMemory memory = BatchMemory.ofThisThread();
    INDArray oldest = memory.take(11, 1);
    INDArray middle = memory.take(12, 1);
    INDArray newest = memory.take(13, 1);

    memory.giveBack(oldest);
    memory.giveBack(middle);
    memory.giveBack(newest);

    assertThat(oldest.wasClosed()).isTrue();
    assertThat(middle.wasClosed()).isFalse();
    assertThat(newest.wasClosed()).isFalse();
  }

  @Test
  void arraysInAnotherOrderOrOfAnotherTypeAreNotTaken() {
    BatchMemory memory = BatchMemory.ofThisThread();
    memory.giveBack(Nd4j.create(DataType.DOUBLE, 21, 2));
    INDArray columns = Nd4j.createUninitialized(DataType.FLOAT, new long[] {22, 2}, 'f');
    memory.giveBack(columns);

    assertThat(memory.take(21, 2).dataType()).isEqualTo(DataType.FLOAT);
    assertThat(memory.take(22, 2)).isNotSameAs(columns);
  }

  @Test
  void threadsDoNotShareMemory() {
    DataSet first = batch(1);
    Minibatches.giveBack(first);

    INDArray other =
        CompletableFuture.supplyAsync(
                () -> batch(2).getFeatures(), task -> new Thread(task).start())
            .join();

    assertThat(other).isNotSameAs(first.getFeatures());
  }

  private static DataSet batch(float value) {
    float[] features = new float[8];
    Arrays.fill(features, value);
    return Minibatches.of(features, SHAPE, new float[] {1, 0, 0, 0, 0, 1}, 3);
  }
}
