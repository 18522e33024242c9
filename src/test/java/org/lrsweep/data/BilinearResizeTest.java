package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lrsweep.testing.TriedInput;

class BilinearResizeTest {

  @ParameterizedTest
  @CsvSource({"32, 32", "28, 28", "40, 45", "20, 17", "64, 28"})
  void matchesOpenCvToTheLastBit(int rows, int cols) {
    ImageSet resized = Oracle.images().resized(rows, cols);

    assertThat(resized.rows()).isEqualTo(rows);
    assertThat(resized.cols()).isEqualTo(cols);
    assertThat(resized.pixels())
        .containsExactly(Oracle.bytes("opencv-3x%sx%s.bin".formatted(rows, cols)));
  }

  /** As for 60,000 images of 190 x 190, which are more than 2 GB. */
  @Test
  @TriedInput(
      input = "`data.image-size=190`: 60,000 images of more than 2 GB",
      gets = "are held in several arrays, with the same bits")
  void givesTheSameBitsInSeveralArrays() {
    ImageSet resized = Oracle.images().resized(32, 32, 2 * 32 * 32);

    assertThat(resized.block(0)).hasSize(2 * 32 * 32).isNotSameAs(resized.block(2));
    assertThat(resized.pixels()).containsExactly(Oracle.bytes("opencv-3x32x32.bin"));
  }

  @Test
  void keepsLabels() {
    assertThat(Oracle.images().resized(32, 32).labels()).containsExactly(0, 1, 2);
  }

  @Test
  void keepsAFlatImageFlat() {
    byte[] pixels = new byte[28 * 28];
    Arrays.fill(pixels, (byte) 201);

    ImageSet resized = new ImageSet(28, 28, pixels, new byte[1]).resized(32, 32);

    assertThat(resized.pixels()).hasSize(32 * 32).containsOnly((byte) 201);
  }
}
