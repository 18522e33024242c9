package org.lrsweep.ingest;

import java.nio.ByteBuffer;

/**
 * The examples of one worker, in their canonical order, in memory or in a mapped file: records of
 * one length. Thread-safe once it is full.
 */
final class Share {
  private final ByteBuffer[] segments;
  private final int recordBytes;
  private final int perSegment;
  private final int size;

  /** Keeps segments of {@code perSegment} records each, the last one maybe of fewer. */
  Share(ByteBuffer[] segments, int recordBytes, int perSegment, int size) {
    this.segments = segments.clone();
    this.recordBytes = recordBytes;
    this.perSegment = perSegment;
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Copies a record. */
  void read(int index, byte[] record) {
    segments[index / perSegment].get(index % perSegment * recordBytes, record);
  }
}
