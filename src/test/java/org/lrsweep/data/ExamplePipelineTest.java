package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lrsweep.data.Augmentation.Flip;

class ExamplePipelineTest {

  private static final int SIZE = 32 * 32;
  private static final Augmentation TUTORIAL = new Augmentation(0.1, Flip.HORIZONTAL);

  private final ImageSet images = Oracle.images();

  @Test
  void scalesResizedPixelsToOneAndMarksTheClass() {
    ExamplePipeline pipeline = new ExamplePipeline(images, 32, 32, Augmentation.none(), 42);
    float[] features = new float[2 * SIZE];
    float[] labels = {9, 9, 9, 9, 9, 9, 9, 9};

    pipeline.fill(new int[] {0, 2, 1}, 1, 2, 0, features, labels, 4);

    byte[] resized = Oracle.bytes("opencv-3x32x32.bin");
    float[] expected = new float[2 * SIZE];

    for (int i = 0; i < SIZE; i++) {
      expected[i] = Byte.toUnsignedInt(resized[2 * SIZE + i]) / 255f;
      expected[SIZE + i] = Byte.toUnsignedInt(resized[SIZE + i]) / 255f;
    }

    assertThat(features).containsExactly(expected);
    assertThat(labels).containsExactly(0, 0, 1, 0, 0, 1, 0, 0);
  }

  @Test
  void givesAnExampleTheSameBitsInAnyBatch() {
    ExamplePipeline pipeline = new ExamplePipeline(images, 32, 32, TUTORIAL, 42);
    float[] together = new float[3 * SIZE];
    float[] alone = new float[SIZE];

    pipeline.fill(new int[] {1, 0, 2}, 0, 3, 5, together, new float[9], 3);
    pipeline.fill(new int[] {2}, 0, 1, 5, alone, new float[3], 3);

    assertThat(alone).containsExactly(Arrays.copyOfRange(together, 2 * SIZE, 3 * SIZE));
  }

  @Test
  void givesAnExampleTheSameBitsFromSeveralArrays() {
    ImageSet resized = images.resized(32, 32);
    ImageSet divided = images.resized(32, 32, SIZE);
    int[] indices = {1, 0, 2};
    float[] expected = new float[3 * SIZE];
    float[] found = new float[3 * SIZE];

    new ExamplePipeline(resized, 32, 32, TUTORIAL, 42)
        .fill(indices, 0, 3, 5, expected, new float[9], 3);
    new ExamplePipeline(divided, 32, 32, TUTORIAL, 42)
        .fill(indices, 0, 3, 5, found, new float[9], 3);

    assertThat(found).containsExactly(expected);
  }

  @Test
  void givesAnExampleTheSameBitsFromASlice() {
    ExamplePipeline whole = new ExamplePipeline(images, 32, 32, TUTORIAL, 42);
    ExamplePipeline slice = new ExamplePipeline(images.slice(1, 3), 1, 32, 32, TUTORIAL, 42);
    float[] expected = new float[SIZE];
    float[] found = new float[SIZE];

    whole.fill(new int[] {2}, 0, 1, 5, expected, new float[3], 3);
    slice.fill(new int[] {2}, 0, 1, 5, found, new float[3], 3);

    assertThat(found).containsExactly(expected);
  }

  @Test
  void augmentsEachEpochDifferently() {
    ExamplePipeline pipeline = new ExamplePipeline(images, 32, 32, TUTORIAL, 42);
    float[] first = new float[SIZE];
    float[] second = new float[SIZE];

    pipeline.fill(new int[] {0}, 0, 1, 0, first, new float[3], 3);
    pipeline.fill(new int[] {0}, 0, 1, 1, second, new float[3], 3);

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void refusesAnIndexOutsideItsSlice() {
    ExamplePipeline slice =
        new ExamplePipeline(images.slice(1, 3), 1, 32, 32, Augmentation.none(), 42);

    assertThatThrownBy(() -> slice.fill(new int[] {0}, 0, 1, 0, new float[SIZE], new float[3], 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesALabelThatIsNoClass() {
    ExamplePipeline pipeline = new ExamplePipeline(images, 32, 32, Augmentation.none(), 42);

    assertThatThrownBy(
            () -> pipeline.fill(new int[] {2}, 0, 1, 0, new float[SIZE], new float[3], 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
