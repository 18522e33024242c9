package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceTest {
  private static final int FLOATS = 50_001;

  /** Where floats 0, 1, 2 and so on may lie. */
  enum Kind {
    ONE_ARRAY {
      @Override
      Source make() {
        return Source.of(numbers(0, FLOATS));
      }
    },
    SEVERAL_ARRAYS {
      @Override
      Source make() {
        return Source.join(
            List.of(
                Source.of(numbers(0, 20_000)),
                Source.join(
                    List.of(
                        Source.of(numbers(20_000, 20_001)), Source.of(numbers(20_001, FLOATS))))));
      }
    };

    abstract Source make();
  }

  private static ByteBuffer numbers(int from, int to) {
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(from, to).forEach(bytes::putFloat);
    return bytes.flip();
  }

  private static float[] read(Source source, int atOnce) {
    float[] floats = new float[source.length() / Float.BYTES];
    Source.Reader reader = source.open();
    for (int read = 0; read < floats.length; read += atOnce) {
      reader.read(floats, read, Math.min(atOnce, floats.length - read));
    }
    return floats;
  }

  private static float[] expected(int from, int to) {
    float[] floats = new float[to - from];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = from + i;
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource
  void isReadInPartsOfAnyLength(Kind kind) {
    Source source = kind.make();

    assertThat(source.length()).isEqualTo(FLOATS * Float.BYTES);
    for (int atOnce : new int[] {999, 2048, FLOATS}) {
      assertThat(read(source, atOnce)).containsExactly(expected(0, FLOATS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasSlicesOfSlices(Kind kind) {
    Source slice = kind.make().slice(4 * 10_000, 4 * 30_000);

    assertThat(read(slice, 2048)).containsExactly(expected(10_000, 40_000));
    assertThat(read(slice.slice(4 * 9_999, 4 * 3), 1)).containsExactly(expected(19_999, 20_002));
    assertThat(read(slice.slice(4 * 29_999, 4), 1)).containsExactly(39_999);
  }
}
