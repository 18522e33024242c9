package org.lrsweep.acceleration.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShapeCacheTest {
  @BeforeAll
  static void install() {
    ShapeCache.install();
  }

  @Test
  void arraysOfOneShapeShareItsDescription() {
    INDArray array = Nd4j.zeros(DataType.FLOAT, 3, 5);

    assertThat(Nd4j.zeros(DataType.FLOAT, 3, 5).shapeInfoDataBuffer())
        .isSameAs(array.shapeInfoDataBuffer());
    assertThat(Nd4j.zeros(DataType.FLOAT, 7, 5).getRow(2).shapeInfoDataBuffer())
        .isSameAs(array.getRow(1).shapeInfoDataBuffer());
  }

  @Test
  void whatDiffersInTypeOrderOrStridesDoesNot() {
    INDArray array = Nd4j.zeros(DataType.FLOAT, 3, 3);

    assertThat(array.shapeInfoDataBuffer())
        .isNotSameAs(Nd4j.zeros(DataType.DOUBLE, 3, 3).shapeInfoDataBuffer())
        .isNotSameAs(Nd4j.create(DataType.FLOAT, new long[] {3, 3}, 'f').shapeInfoDataBuffer())
        .isNotSameAs(array.transpose().shapeInfoDataBuffer());
    assertThat(Nd4j.zeros(DataType.DOUBLE, 3, 3).dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(array.transpose().stride()).containsExactly(1, 3);
  }

  @Test
  void anEmptyArrayStaysEmpty() {
    assertThat(Nd4j.empty(DataType.FLOAT).isEmpty()).isTrue();
    assertThat(Nd4j.scalar(1f).isEmpty()).isFalse();
  }

  /** More shapes than are kept. */
  @Test
  void everyArrayHasItsOwnShapeHoweverManyThereAre() {
    for (int rows = 1; rows <= 1200; rows++) {
      INDArray array = Nd4j.ones(DataType.FLOAT, rows, 2);
      assertThat(array.shape()).containsExactly(rows, 2);
      assertThat(array.sumNumber().intValue()).isEqualTo(2 * rows);
    }
  }
}
