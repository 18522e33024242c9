package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.ImageSet;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

@ExtendWith(LocalSpark.class)
class ImageExamplesTest {
  private static final int COUNT = 201;

  /** Images of one pixel, their number, whose classes alternate. */
  private static ImageSet alternating() {
    byte[] pixels = new byte[COUNT];
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      pixels[i] = (byte) i;
      labels[i] = (byte) (i % 2);
    }
    return new ImageSet(1, 1, pixels, labels);
  }

  private static List<Integer> numbers(WorkerExamples examples, int epoch) {
    DataSet all = examples.minibatch(epoch, 0, examples.size());
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      int number = Math.round(all.getFeatures().getFloat(i, 0, 0, 0) * 255);
      assertThat(all.getLabels().getFloat(i, number % 2)).isEqualTo(1);
      numbers.add(number);
    }
    return numbers;
  }

  @Test
  void workersShareTheImagesAndGetBothClasses(JavaSparkContext spark) {
    Broadcast<ImageSet> images = spark.broadcast(alternating());
    List<WorkerExamples> workers =
        ImageExamples.training(spark, images, 2, Augmentation.none(), 2, 5).collect();

    List<Integer> all = new ArrayList<>();
    for (WorkerExamples worker : workers) {
      List<Integer> numbers = numbers(worker, 0);
      // Of 100 coins, 4 deviations of 5 to either side.
      assertThat(numbers.stream().filter(number -> number % 2 == 0).count()).isBetween(30L, 70L);
      assertThat(numbers(worker, 1))
          .isNotEqualTo(numbers)
          .containsExactlyInAnyOrderElementsOf(numbers);
      all.addAll(numbers);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, COUNT).boxed().toList());
  }

  @Test
  void partsOfATestSetTakeTurns(JavaSparkContext spark) {
    Broadcast<ImageSet> images = spark.broadcast(alternating());

    List<WorkerExamples> parts = ImageExamples.test(spark, images, 50, 2).collect();

    assertThat(numbers(parts.get(0), 0)).containsExactly(0, 50, 100, 150, 200);
    assertThat(numbers(parts.get(7), 3)).containsExactly(7, 57, 107, 157);
  }

  @Test
  void aBatchIsCutFromTheEpochsOrder(JavaSparkContext spark) {
    WorkerExamples share =
        ImageExamples.training(spark, spark.broadcast(alternating()), 1, Augmentation.none(), 2, 7)
            .collect()
            .get(0);
    List<Integer> order = numbers(share, 3);

    DataSet cut = share.minibatch(3, 2, 3);

    for (int i = 0; i < 3; i++) {
      assertThat(Math.round(cut.getFeatures().getFloat(i, 0, 0, 0) * 255))
          .isEqualTo(order.get(2 + i));
    }
  }
}
