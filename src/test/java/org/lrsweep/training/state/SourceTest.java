package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceTest {
  /** More than what a file is read by, and no whole number of them. */
  private static final int FLOATS = 50_001;

  private final Path folder;

  SourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Where floats 0, 1, 2 and so on may come from. */
  enum Kind {
    MEMORY {
      @Override
      Source make(Path folder) {
        return Source.of(numbers(0, FLOATS));
      }
    },
    FILE {
      @Override
      Source make(Path folder) throws IOException {
        return file(folder.resolve("numbers"), 0, FLOATS);
      }
    },
    BOTH {
      @Override
      Source make(Path folder) throws IOException {
        return Source.join(
            List.of(
                file(folder.resolve("first"), 0, 20_000),
                Source.of(numbers(20_000, 20_001)),
                file(folder.resolve("last"), 20_001, FLOATS)));
      }
    };

    abstract Source make(Path folder) throws IOException;
  }

  private static ByteBuffer numbers(int from, int to) {
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(from, to).forEach(bytes::putFloat);
    return bytes.flip();
  }

  private static Source file(Path file, int from, int to) throws IOException {
    Files.write(file, numbers(from, to).array());
    return new Source.InFile(file, 0, (to - from) * Float.BYTES);
  }

  private static float[] read(Source source, int atOnce) {
    float[] floats = new float[source.length() / Float.BYTES];
    try (Source.Reader reader = source.open()) {
      for (int read = 0; read < floats.length; read += atOnce) {
        reader.read(floats, read, Math.min(atOnce, floats.length - read));
      }
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
  void isReadInPartsOfAnyLength(Kind kind) throws IOException {
    Source source = kind.make(folder);

    assertThat(source.length()).isEqualTo(FLOATS * Float.BYTES);
    for (int atOnce : new int[] {999, 2048, FLOATS}) {
      assertThat(read(source, atOnce)).containsExactly(expected(0, FLOATS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasSlicesOfSlices(Kind kind) throws IOException {
    Source slice = kind.make(folder).slice(4 * 10_000, 4 * 30_000);

    assertThat(read(slice, 2048)).containsExactly(expected(10_000, 40_000));
    assertThat(read(slice.slice(4 * 9_999, 4 * 3), 1)).containsExactly(expected(19_999, 20_002));
    assertThat(read(slice.slice(4 * 29_999, 4), 1)).containsExactly(39_999);
  }

  @ParameterizedTest
  @EnumSource
  void writesItsBytes(Kind kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    kind.make(folder).slice(4 * 5, 4 * 40_000).writeTo(Channels.newChannel(bytes));

    assertThat(bytes.toByteArray()).isEqualTo(numbers(5, 40_005).array());
  }

  @Test
  void saysWhichFileIsTooShort() throws IOException {
    Path file = folder.resolve("short");
    Files.write(file, new byte[40]);

    assertThatThrownBy(() -> read(new Source.InFile(file, 0, 48), 12))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + " is too short");
  }
}
