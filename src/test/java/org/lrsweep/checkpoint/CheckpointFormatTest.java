package org.lrsweep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckpointFormatTest {
  private static byte[] written(Snapshot snapshot) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CheckpointFormat.write(snapshot, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Snapshot read(byte[] file) {
    try {
      return CheckpointFormat.read(new ByteArrayInputStream(file), file.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Put together by hand, as the format's description says; the checksum is sha256sum's. */
  @Test
  void theBytesAreThoseOfTheDescription() throws Exception {
    byte[] body =
        HexFormat.of()
            .parseHex(
                "4c525357434b5054" // LRSWCKPT
                    + "00000001" // version
                    + "000000000000000f" // 15 bytes of sections
                    + "0001"
                    + "6e"
                    + "00000008"
                    + "0200000000000000".substring(0, 16));
    byte[] file = Arrays.copyOf(body, body.length + 32);
    byte[] checksum = MessageDigest.getInstance("SHA-256").digest(body);
    System.arraycopy(checksum, 0, file, body.length, 32);

    assertThat(written(Snapshot.builder().put("n", 2L).build())).isEqualTo(file);
    assertThat(read(file).number("n")).isEqualTo(2);
  }

  @Property(tries = 200)
  void numbersComeBackBitByBit(
      @ForAll float[] floats, @ForAll double[] doubles, @ForAll long[] longs, @ForAll String text) {
    Snapshot read =
        read(
            written(
                Snapshot.builder()
                    .put("floats", floats)
                    .put("doubles", doubles)
                    .put("longs", longs)
                    .put("text", text)
                    .build()));

    assertThat(bits(read.floats("floats"))).isEqualTo(bits(floats));
    assertThat(Arrays.stream(read.doubles("doubles")).mapToLong(Double::doubleToRawLongBits))
        .containsExactlyElementsOf(
            Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).boxed().toList());
    assertThat(read.longs("longs")).isEqualTo(longs);
    assertThat(read.text("text"))
        .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Test
  void payloadsOfNaNSurvive() {
    float odd = Float.intBitsToFloat(0x7fc12345);

    Snapshot read = read(written(Snapshot.builder().put("f", new float[] {odd, -0f}).build()));

    assertThat(bits(read.floats("f"))).containsExactly(0x7fc12345, 0x80000000);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** A checksum of 32 bytes lets no single change through. */
  @Test
  void noByteCanBeChangedAndNoEndCutOffUnnoticed() {
    byte[] file = written(Snapshot.builder().put("n", 1, 2, 3).put("t", "text").build());

    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= 0x10;
      assertThatThrownBy(() -> read(changed)).isInstanceOf(DamagedCheckpointException.class);
      byte[] cut = Arrays.copyOf(file, i);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedCheckpointException.class);
    }
    assertThatThrownBy(() -> read(Arrays.copyOf(file, file.length + 1)))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageContaining("its header announces");
  }

  /** Fuzz: whatever the bytes, with a right checksum too, it is a checkpoint or it is refused. */
  @Property(tries = 2000)
  void arbitraryBytesAreRefusedWithOneExceptionAndNoHugeArray(
      @ForAll @Size(max = 200) byte[] sections) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("LRSWCKPT".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, (byte) sections.length});
    out.write(sections);
    out.write(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));

    try {
      read(out.toByteArray());
    } catch (DamagedCheckpointException e) {
      assertThat(e).hasMessageContaining("ends beyond the file");
    }
  }

  /** A file of 3 GB whose second value is announced as larger than all that follows. */
  @Test
  void filesLargerThanAnArrayCanBeAreReadAsFarAsTheyAreThere() throws Exception {
    long length = 3L << 30;
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(start);
    data.writeBytes("LRSWCKPT");
    data.writeInt(1);
    data.writeLong(length - 20 - 32);
    data.writeShort(1);
    data.writeBytes("n");
    data.writeInt(8);
    data.writeLong(2);

    assertThatThrownBy(
            () -> CheckpointFormat.read(new ByteArrayInputStream(start.toByteArray()), length))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessage("it ends before its 3221225472 bytes");
    data.writeShort(1);
    data.writeBytes("m");
    data.writeInt(2_000_000_000);
    assertThatThrownBy(
            () -> CheckpointFormat.read(new ByteArrayInputStream(start.toByteArray()), length))
        .hasMessage("it ends before its 3221225472 bytes");
    assertThatThrownBy(
            () -> CheckpointFormat.read(new ByteArrayInputStream(start.toByteArray()), length - 1))
        .hasMessage("its header announces 3221225420 bytes, found 3221225419");
  }

  @Test
  void aValueOfAnotherKindIsRefusedByName() {
    Snapshot snapshot = read(written(Snapshot.builder().put("a", "abc").build()));

    assertThatThrownBy(() -> snapshot.longs("a"))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessage("its value 'a' must be a multiple of 8 bytes, found 3");
    assertThatThrownBy(() -> snapshot.floats("b"))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessage("it has no value 'b'");
  }
}
