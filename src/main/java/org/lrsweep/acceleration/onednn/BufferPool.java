package org.lrsweep.acceleration.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Buffers that are handed out and taken back. A gradient lives only until the layer below has read
 * it, so a few buffers serve a whole backward pass and stay in the cache.
 */
public final class BufferPool {

  private final List<Buffer> free = new ArrayList<>();
  private final IdentityHashMap<INDArray, Buffer> lent = new IdentityHashMap<>();

  /** The smallest free buffer that is large enough, else a new one; its content is undefined. */
  public INDArray borrow(ImageBatch images, Axes axes) {
    Buffer buffer =
        free.stream()
            .filter(candidate -> candidate.capacity() >= images.length())
            .min(Comparator.comparingLong(Buffer::capacity))
            .orElse(null);
    if (buffer == null) {
      buffer = new Buffer(images.length());
    } else {
      free.remove(buffer);
    }
    INDArray array = buffer.as(images, axes);
    lent.put(array, buffer);
    return array;
  }

  public boolean owns(INDArray array) {
    return lent.containsKey(array);
  }

  /** Takes an array back; one that the pool did not lend is left alone. */
  public void giveBack(INDArray array) {
    Buffer buffer = lent.remove(array);
    if (buffer != null) {
      free.add(buffer);
    }
  }

  void giveBackAll() {
    free.addAll(lent.values());
    lent.clear();
  }
}
