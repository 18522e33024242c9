package org.lrsweep.training.examples;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A thread's used arrays for its next minibatches. New memory for each batch would have to be
 * mapped in by the system, page by page, and be given back by the collector, which sees no need:
 * the heap isn't full.
 *
 * <p>Not thread-safe: each thread has its own.
 */
final class BatchMemory {
  /** Features and labels. */
  private static final int KEPT = 2;

  private static final ThreadLocal<BatchMemory> OF_THIS_THREAD =
      ThreadLocal.withInitial(BatchMemory::new);

  private final Deque<INDArray> free = new ArrayDeque<>(KEPT);

  private BatchMemory() {}

  static BatchMemory ofThisThread() {
    return OF_THIS_THREAD.get();
  }

  /** Floats of a shape, the last index fastest, of any values. */
  INDArray take(long... shape) {
    for (Iterator<INDArray> all = free.iterator(); all.hasNext(); ) {
      INDArray array = all.next();
      if (Arrays.equals(array.shape(), shape)) {
        all.remove();
        return array;
      }
    }
    return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
  }

  /** Takes an array that nobody uses any more. */
  void giveBack(INDArray array) {
    if (!array.closeable() || array.ordering() != 'c' || array.dataType() != DataType.FLOAT) {
      return;
    }
    free.addFirst(array);
    if (free.size() > KEPT) {
      free.removeLast().close();
    }
  }
}
