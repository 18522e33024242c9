package org.lrsweep.acceleration;

/**
 * Memory that holds nothing between two kernels, so that all share the largest that one asks for.
 */
final class SharedBuffer {

  private Buffer buffer = new Buffer(1);

  void reserve(long bytes) {
    long floats = (bytes + Float.BYTES - 1) / Float.BYTES;
    if (floats > buffer.capacity()) {
      buffer = new Buffer(floats);
    }
  }

  /** Good until the next reservation. */
  long address() {
    return buffer.address();
  }
}
