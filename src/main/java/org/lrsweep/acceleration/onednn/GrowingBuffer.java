package org.lrsweep.acceleration.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory for whatever comes next, as large as the largest that came. */
public final class GrowingBuffer {

  private Buffer buffer = new Buffer(1);

  /** The memory, which is other memory, without what it held, if it was not large enough. */
  public Buffer atLeast(long floats) {
    if (buffer.capacity() < floats) {
      buffer = new Buffer(floats);
    }
    return buffer;
  }

  /** The same, for images. */
  public Buffer atLeast(ImageBatch images) {
    if (!buffer.fits(images)) {
      buffer = new Buffer(images);
    }
    return buffer;
  }

  /** The memory as images. */
  public INDArray as(ImageBatch images, Axes axes) {
    return atLeast(images).as(images, axes);
  }

  /** Good until more is asked for. */
  public long address() {
    return buffer.address();
  }
}
