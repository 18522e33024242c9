package org.lrsweep.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lrsweep.storage.Sha256;

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
    MessageDigest digest = Sha256.digest();
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
   * Reads a snapshot, value by value: a file may be larger than an array can be.
   *
   * @param in at the start of the file; it stays open
   * @param length of the file in bytes
   * @throws DamagedCheckpointException if the bytes are not a whole checkpoint of this version
   */
  static Snapshot read(InputStream in, long length) throws IOException {
    if (length < HEADER + CHECKSUM) {
      throw new DamagedCheckpointException(
          "a checkpoint has at least " + (HEADER + CHECKSUM) + " bytes, found " + length);
    }
    MessageDigest digest = Sha256.digest();
    DataInputStream data =
        new DataInputStream(new DigestInputStream(new BufferedInputStream(in, 1 << 16), digest));
    try {
      byte[] magic = new byte[MAGIC.length];
      data.readFully(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new DamagedCheckpointException("it does not begin as a checkpoint does");
      }
      int version = data.readInt();
      if (version != VERSION) {
        throw new DamagedCheckpointException(
            "its version must be " + VERSION + ", found " + version);
      }
      long announced = data.readLong();
      if (announced != length - HEADER - CHECKSUM) {
        throw new DamagedCheckpointException(
            "its header announces " + announced + " bytes, found " + (length - HEADER - CHECKSUM));
      }
      Snapshot snapshot = sections(data, announced);
      byte[] found = digest.digest();
      byte[] expected = new byte[CHECKSUM];
      data.readFully(expected);
      if (!MessageDigest.isEqual(found, expected)) {
        throw new DamagedCheckpointException("its SHA-256 is not the one that was written with it");
      }
      return snapshot;
    } catch (EOFException e) {
      throw new DamagedCheckpointException("it ends before its " + length + " bytes");
    }
  }

  private static Snapshot sections(DataInputStream data, long length) throws IOException {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    long left = length;
    while (left > 0) {
      left -= Short.BYTES;
      byte[] name = take(data, left < 0 ? -1 : data.readUnsignedShort(), left);
      left -= name.length + Integer.BYTES;
      byte[] value = take(data, left < 0 ? -1 : data.readInt(), left);
      left -= value.length;
      sections.put(new String(name, StandardCharsets.UTF_8), value);
    }
    return new Snapshot(sections);
  }

  /** Nothing is made room for that the file can't hold. */
  private static byte[] take(DataInputStream data, int length, long left) throws IOException {
    if (length < 0 || length > left) {
      throw new DamagedCheckpointException("one of its values ends beyond the file");
    }
    byte[] taken = data.readNBytes(length);
    if (taken.length < length) {
      throw new EOFException();
    }
    return taken;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
