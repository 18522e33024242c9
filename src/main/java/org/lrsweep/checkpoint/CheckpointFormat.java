package org.lrsweep.checkpoint;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Snapshots as bytes and back:
 *
 * <pre>
 * magic     8 bytes  "LRSWCKPT"
 * version   int      1
 * length    long     bytes of all sections
 * sections  each     name's length (short), name (UTF-8), value's length (int), value
 * checksum  32 bytes SHA-256 of everything before it
 * </pre>
 *
 * Lengths are big-endian, the numbers of a value little-endian. Nothing in a file names a class, so
 * reading one can't make an object of any type but these.
 */
final class CheckpointFormat {
  private static final byte[] MAGIC = "LRSWCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES;
  private static final int CHECKSUM = 32;

  private CheckpointFormat() {}

  /** Writes a snapshot; the stream stays open. */
  static void write(Snapshot snapshot, OutputStream out) throws IOException {
    MessageDigest digest = sha256();
    DataOutputStream data =
        new DataOutputStream(
            new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16));
    Map<String, byte[]> sections = snapshot.sections();
    long length = 0;
    for (Map.Entry<String, byte[]> section : sections.entrySet()) {
      length += Short.BYTES + utf8(section.getKey()).length;
      length += Integer.BYTES + section.getValue().length;
    }
    data.write(MAGIC);
    data.writeInt(VERSION);
    data.writeLong(length);
    for (Map.Entry<String, byte[]> section : sections.entrySet()) {
      byte[] name = utf8(section.getKey());
      data.writeShort(name.length);
      data.write(name);
      data.writeInt(section.getValue().length);
      data.write(section.getValue());
    }
    data.flush();
    out.write(digest.digest());
  }

  /**
   * Reads a snapshot.
   *
   * @throws DamagedCheckpointException if the bytes are not a whole checkpoint of this version
   */
  static Snapshot read(byte[] file) {
    if (file.length < HEADER + CHECKSUM) {
      throw new DamagedCheckpointException(
          "a checkpoint has at least " + (HEADER + CHECKSUM) + " bytes, found " + file.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(file, 0, file.length - CHECKSUM);
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new DamagedCheckpointException("it does not begin as a checkpoint does");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new DamagedCheckpointException("its version must be " + VERSION + ", found " + version);
    }
    long length = bytes.getLong();
    if (length != bytes.remaining()) {
      throw new DamagedCheckpointException(
          "its header announces " + length + " bytes, found " + bytes.remaining());
    }
    MessageDigest digest = sha256();
    digest.update(file, 0, file.length - CHECKSUM);
    byte[] expected = Arrays.copyOfRange(file, file.length - CHECKSUM, file.length);
    if (!MessageDigest.isEqual(digest.digest(), expected)) {
      throw new DamagedCheckpointException("its SHA-256 is not the one that was written with it");
    }
    return sections(bytes);
  }

  private static Snapshot sections(ByteBuffer bytes) {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    while (bytes.hasRemaining()) {
      byte[] name = take(bytes, bytes.remaining() < Short.BYTES ? -1 : bytes.getShort() & 0xFFFF);
      byte[] value = take(bytes, bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt());
      sections.put(new String(name, StandardCharsets.UTF_8), value);
    }
    return new Snapshot(sections);
  }

  private static byte[] take(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new DamagedCheckpointException("one of its values ends beyond the file");
    }
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
