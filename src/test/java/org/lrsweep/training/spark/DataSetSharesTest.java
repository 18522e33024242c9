package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.Task;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(LocalSpark.class)
class DataSetSharesTest {
  private static final WantedLabels CLASSES = new WantedLabels("out", Task.CLASSIFICATION, false);
  private final JavaRDD<DataSet> eleven;

  DataSetSharesTest(JavaSparkContext spark) {
    eleven = spark.parallelize(List.of(batch(0, 1), batch(1, 6), batch(7, 3), batch(10, 1)), 3);
  }

  /** Examples whose only feature is their number. */
  private static DataSet batch(int first, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = first + i;
    }
    return new DataSet(Nd4j.create(numbers, new long[] {size, 1}, 'c'), Nd4j.ones(size, 1));
  }

  private static List<Integer> numbers(WorkerExamples share, int epoch) {
    return IntStream.range(0, share.size())
        .mapToObj(i -> share.minibatch(epoch, i, 1).getFeatures().getInt(0, 0))
        .toList();
  }

  @Test
  void inOrderExampleIBelongsToWorkerIModWorkers() {
    List<WorkerExamples> shares = DataSetShares.inOrder(eleven, 3).collect();

    assertThat(shares)
        .extracting(share -> numbers(share, 0))
        .containsExactly(List.of(0, 3, 6, 9), List.of(1, 4, 7, 10), List.of(2, 5, 8));
  }

  @Test
  void everyExampleIsInOneShareAndEachShareKeepsTheSetsOrder() {
    List<WorkerExamples> shares = DataSetShares.of(eleven, CLASSES, 3).collect();

    List<Integer> all = new ArrayList<>();
    for (WorkerExamples share : shares) {
      assertThat(numbers(share, 0)).hasSizeBetween(3, 4).isSorted();
      all.addAll(numbers(share, 0));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 11).boxed().toList());
  }

  @Test
  void workersHaveBothOfTwoAlternatingClasses(JavaSparkContext spark) {
    List<WorkerExamples> shares =
        DataSetShares.of(spark.parallelize(List.of(batch(0, 101), batch(101, 99))), CLASSES, 2)
            .collect();

    for (WorkerExamples share : shares) {
      // Of 100 coins, 4 deviations of 5 to either side.
      assertThat(numbers(share, 0).stream().filter(number -> number % 2 == 0).count())
          .isBetween(30L, 70L);
    }
  }
}
