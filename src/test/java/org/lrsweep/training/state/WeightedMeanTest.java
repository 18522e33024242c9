package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
  /** More than one piece, and no whole number of them. */
  private static final int FLOATS = 300_001;

  private static ByteBuffer buffer(float first, float rest) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putFloat(0, first);
    for (int i = 1; i < FLOATS; i++) {
      buffer.putFloat(i * Float.BYTES, rest);
    }
    return buffer;
  }

  /** Bit by bit: as numbers, both zeros are equal. */
  private static void assertHolds(ByteBuffer buffer, float first, float rest) {
    assertThat(buffer.getInt(0)).isEqualTo(Float.floatToRawIntBits(first));
    for (int i = 1; i < FLOATS; i++) {
      assertThat(buffer.getInt(i * Float.BYTES)).isEqualTo(Float.floatToRawIntBits(rest));
    }
  }

  @Test
  void takesThePlaceOfItsTermsInAllOfThem() {
    List<ByteBuffer> states = List.of(buffer(1, 2), buffer(5, 10));

    WeightedMean.pieces(
            states.stream().map(Source::of).toList(), new float[] {0.25f, 0.75f}, states)
        .forEach(Runnable::run);

    states.forEach(state -> assertHolds(state, 4, 8));
  }

  /** A sum that begins with 0 would lose the sign of a zero. */
  @Test
  void ofOneTermIsItsOwnBits() {
    ByteBuffer only = buffer(-0f, 3);
    ByteBuffer other = buffer(7, 7);

    WeightedMean.pieces(List.of(Source.of(only)), new float[] {1}, List.of(only, other))
        .forEach(Runnable::run);

    assertHolds(only, -0f, 3);
    assertHolds(other, -0f, 3);
  }
}
