package org.lrsweep.training.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.Task;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DataSetExamplesTest {
  private static final WantedLabels CLASSES = new WantedLabels("out", Task.CLASSIFICATION, false);

  /** Examples of shape [1, 2], whose features are their number and its tenfold. */
  private static List<DataSet> batches(int... sizes) {
    List<DataSet> batches = new ArrayList<>();
    int number = 0;
    for (int size : sizes) {
      float[] features = new float[2 * size];
      float[] labels = new float[3 * size];
      for (int i = 0; i < size; i++, number++) {
        features[2 * i] = number;
        features[2 * i + 1] = 10f * number;
        labels[3 * i + number % 3] = 1;
      }
      batches.add(
          new DataSet(
              Nd4j.create(features, new long[] {size, 1, 2}, 'c'),
              Nd4j.create(labels, new long[] {size, 3}, 'c')));
    }
    return batches;
  }

  private static List<Integer> numbers(WorkerExamples examples, int epoch) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      DataSet one = examples.minibatch(epoch, i, 1);
      int number = one.getFeatures().getInt(0, 0, 0);
      assertThat(one.getFeatures().shape()).containsExactly(1, 1, 2);
      assertThat(one.getFeatures().getInt(0, 0, 1)).isEqualTo(10 * number);
      assertThat(one.getLabels().getInt(0, number % 3)).isEqualTo(1);
      numbers.add(number);
    }
    return numbers;
  }

  @Test
  void minibatchesAreCutAnewInAnOrderOfTheirOwnEachEpoch() {
    WorkerExamples examples =
        DataSetExamples.training(new ListDataSetIterator<>(batches(7), 3), CLASSES, 1);
    Integer[] all = IntStream.range(0, 7).boxed().toArray(Integer[]::new);

    assertThat(numbers(examples, 0)).containsExactlyInAnyOrder(all);
    assertThat(numbers(examples, 1))
        .containsExactlyInAnyOrder(all)
        .isNotEqualTo(numbers(examples, 0));
    assertThat(examples.minibatch(0, 2, 4).getFeatures().shape()).containsExactly(4, 1, 2);
  }

  @Test
  void aTestSetStaysInItsOrder() {
    WorkerExamples examples =
        DataSetExamples.test(new ListDataSetIterator<>(batches(5), 2), CLASSES);

    assertThat(numbers(examples, 3)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anotherOrderIsThatOfASetReadWithItsSeed() {
    DataSetExamples examples =
        DataSetExamples.training(new ListDataSetIterator<>(batches(20), 3), CLASSES, 1);

    assertThat(numbers(examples.withOrder(2), 1))
        .isEqualTo(
            numbers(
                DataSetExamples.training(new ListDataSetIterator<>(batches(20), 3), CLASSES, 2), 1))
        .isNotEqualTo(numbers(examples, 1));
  }

  @Test
  void labelsThatNameNoClassAreRefused() {
    DataSet features = new DataSet(Nd4j.zeros(1, 3), null);
    for (float[] row : new float[][] {{1, 1, 0}, {0, 0}, {-1, 2}, {Float.NaN, 1}, {Float.NaN}}) {
      features.setLabels(Nd4j.create(new float[][] {row}));
      refused(
          List.of(features),
          "An example's labels must be one-hot, or probabilities of classes that sum to 1, or one"
              + " number; found "
              + Arrays.toString(row));
    }
  }

  @Test
  void smoothedLabelsAndNumbersAreTaken() {
    DataSet smoothed = new DataSet(Nd4j.zeros(1, 3), Nd4j.create(new float[][] {{0.9f, 0.1f}}));
    DataSet number = new DataSet(Nd4j.zeros(1, 3), Nd4j.create(new float[][] {{7}}));

    assertThat(DataSetExamples.test(new Batches(List.of(smoothed)), CLASSES).size()).isEqualTo(1);
    assertThat(DataSetExamples.test(new Batches(List.of(number)), CLASSES).size()).isEqualTo(1);
  }

  @Test
  void whatCannotBeTrainedOnIsRefused() {
    DataSet sequence = new DataSet(Nd4j.zeros(2, 3, 4), Nd4j.zeros(2, 3, 4));
    DataSet masked = new DataSet(Nd4j.zeros(2, 3), Nd4j.zeros(2, 3), Nd4j.ones(2), null);

    refused(
        List.of(sequence),
        "Layer \"out\" answers an example as a whole, so labels must be of shape [examples,"
            + " columns], found one example's [3, 4]");
    refused(
        List.of(masked),
        "A mask must be of shape [examples, steps], of features [examples, columns, steps]; found a"
            + " mask [2] of features [2, 3]");
    refused(
        List.of(new DataSet(Nd4j.zeros(2, 3), Nd4j.zeros(2, 3, 4, 4))),
        "Labels must be of shape [examples, columns] or, of sequences, [examples, columns, steps],"
            + " found [2, 3, 4, 4]");
    refused(List.of(), "The iterator must give at least one example, found none");
  }

  private static void refused(List<DataSet> batches, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSetExamples.test(new Batches(batches), CLASSES))
        .withMessage(message);
  }

  /** Gives the batches as they are. */
  private static final class Batches extends ListDataSetIterator<DataSet> {
    private final List<DataSet> batches;
    private int next;

    Batches(List<DataSet> batches) {
      super(Arrays.asList(new DataSet(Nd4j.zeros(1, 1), Nd4j.zeros(1, 1))));
      this.batches = batches;
    }

    @Override
    public synchronized boolean hasNext() {
      return next < batches.size();
    }

    @Override
    public synchronized DataSet next() {
      return batches.get(next++);
    }
  }
}
