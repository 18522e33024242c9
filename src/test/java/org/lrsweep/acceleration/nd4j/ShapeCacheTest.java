package org.lrsweep.acceleration.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

class ShapeCacheTest {
  private final ShapeCache cache = new ShapeCache(10);

  private DataBuffer described(long... shape) {
    return described(DataType.FLOAT, 'c', new long[] {shape[1], 1}, shape);
  }

  private DataBuffer described(DataType type, char order, long[] stride, long... shape) {
    Pair<DataBuffer, long[]> description =
        cache.createShapeInformation(shape, stride, 1, order, type, false);
    assertThat(Shape.shape(description.getSecond())).containsExactly(shape);
    return description.getFirst();
  }

  @Test
  void oneShapeHasOneDescription() {
    assertThat(described(3, 5)).isSameAs(described(3, 5));
  }

  @Test
  void whatDiffersInTypeOrderOrStridesHasAnother() {
    DataBuffer plain = described(3, 3);

    assertThat(plain)
        .isNotSameAs(described(DataType.DOUBLE, 'c', new long[] {3, 1}, 3, 3))
        .isNotSameAs(described(DataType.FLOAT, 'f', new long[] {3, 1}, 3, 3))
        .isNotSameAs(described(DataType.FLOAT, 'c', new long[] {1, 3}, 3, 3));
  }

  @Test
  void anEmptyArrayStaysEmpty() {
    Pair<DataBuffer, long[]> empty =
        cache.createShapeInformation(new long[0], new long[0], 1, 'c', DataType.FLOAT, true);

    assertThat(Shape.isEmpty(empty.getSecond())).isTrue();
    assertThat(
            Shape.isEmpty(
                cache
                    .createShapeInformation(new long[0], new long[0], 1, 'c', DataType.FLOAT, false)
                    .getSecond()))
        .isFalse();
  }

  /** The tenth of each ten is in use all the time; the others come once. */
  @Test
  void whatIsUsedStaysHoweverManyOthersCome() {
    DataBuffer used = described(1, 1);
    for (int rows = 2; rows < 200; rows++) {
      described(rows, 2);
      if (rows % 9 == 0) {
        assertThat(described(1, 1)).isSameAs(used);
      }
    }
  }

  @Test
  void theCacheDoesNotStayWithWhatCameFirst() {
    DataBuffer first = described(1, 7);
    for (int rows = 2; rows < 100; rows++) {
      described(rows, 7);
    }
    DataBuffer last = described(500, 7);

    assertThat(described(500, 7)).isSameAs(last);
    assertThat(described(1, 7)).isNotSameAs(first);
  }

  /** More shapes than are kept, in the ND4J of this process. */
  @Test
  void everyArrayHasItsOwnShapeHoweverManyThereAre() {
    ShapeCache.install();
    for (int rows = 1; rows <= 2200; rows++) {
      INDArray array = Nd4j.ones(DataType.FLOAT, rows, 2);
      assertThat(array.shape()).containsExactly(rows, 2);
      assertThat(array.sumNumber().intValue()).isEqualTo(2 * rows);
    }
  }
}
