package org.lrsweep.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a share, record by record. */
abstract sealed class ShareWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  final int recordBytes;
  final int size;
  final int perSegment;

  private ShareWriter(int recordBytes, int size, int segmentBytes) {
    this.recordBytes = recordBytes;
    this.size = size;
    perSegment = Math.max(1, segmentBytes / recordBytes);
  }

  /** Writes to the heap, in arrays small enough for a garbage collector. */
  static ShareWriter toMemory(int recordBytes, int size) {
    return new Memory(recordBytes, size, 1 << 26);
  }

  /**
   * Writes to a file and maps it. The file's name is gone at once, so that nothing is left of it
   * when the process ends, however it ends.
   */
  static ShareWriter toDisk(int recordBytes, int size, Path directory) throws IOException {
    return toDisk(recordBytes, size, directory, 1 << 30);
  }

  static ShareWriter toDisk(int recordBytes, int size, Path directory, int segmentBytes)
      throws IOException {
    return new Disk(recordBytes, size, segmentBytes, directory);
  }

  /** Appends a record of the share's length. */
  abstract void write(byte[] record) throws IOException;

  /** The share, once all its records are written. */
  abstract Share finish() throws IOException;

  @Override
  public abstract void close() throws IOException;

  final int segments() {
    return -Math.floorDiv(-size, perSegment);
  }

  /** Records of a segment. */
  final int records(int segment) {
    return Math.min(perSegment, size - segment * perSegment);
  }

  private static final class Memory extends ShareWriter {
    private final ByteBuffer[] segments;
    private int written;

    Memory(int recordBytes, int size, int segmentBytes) {
      super(recordBytes, size, segmentBytes);
      segments = new ByteBuffer[segments()];
    }

    @Override
    void write(byte[] record) {
      int segment = written++ / perSegment;
      if (segments[segment] == null) {
        segments[segment] = ByteBuffer.allocate(records(segment) * recordBytes);
      }
      segments[segment].put(record);
    }

    @Override
    Share finish() {
      return new Share(segments, recordBytes, perSegment, written);
    }

    @Override
    public void close() {}
  }

  private static final class Disk extends ShareWriter {
    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private int written;

    Disk(int recordBytes, int size, int segmentBytes, Path directory) throws IOException {
      super(recordBytes, size, segmentBytes);
      long bytes = (long) recordBytes * size;
      Files.createDirectories(directory);
      long left = Files.getFileStore(directory).getUsableSpace();
      if (left < bytes) {
        throw new IOException(
            "Spark's local directory %s has %s MB left and a worker's share of the data takes %s MB; free some, or name another one by spark.local.dir"
                .formatted(directory, left >> 20, (bytes >> 20) + 1));
      }
      file = Files.createTempFile(directory, "lrsweep-share-", ".bin");
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    @Override
    void write(byte[] record) throws IOException {
      out.write(record);
      written++;
    }

    @Override
    Share finish() throws IOException {
      out.flush();
      ByteBuffer[] segments = new ByteBuffer[segments()];
      for (int i = 0; i < segments.length; i++) {
        segments[i] =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                (long) i * perSegment * recordBytes,
                (long) records(i) * recordBytes);
      }
      return new Share(segments, recordBytes, perSegment, written);
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(file);
    }
  }
}
