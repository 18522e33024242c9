package org.lrsweep.acceleration.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Buffers that are handed out and taken back. A gradient lives only until the layer below has read
 * it, so a few buffers serve a whole backward pass and stay in the cache. Several layers may hold
 * one, each until it gives it back.
 */
public final class BufferPool {

  private final List<Buffer> free = new ArrayList<>();
  private final IdentityHashMap<INDArray, Loan> lent = new IdentityHashMap<>();

  private static final class Loan {
    private final Buffer buffer;
    private int holders = 1;

    Loan(Buffer buffer) {
      this.buffer = buffer;
    }
  }

  /** The smallest free buffer that is large enough, else a new one; its content is undefined. */
  public INDArray borrow(ImageBatch images, Axes axes) {
    Buffer buffer =
        free.stream()
            .filter(candidate -> candidate.fits(images))
            .min(Comparator.comparingLong(Buffer::capacity))
            .orElse(null);
    if (buffer == null) {
      buffer = new Buffer(images);
    } else {
      free.remove(buffer);
    }
    INDArray array = buffer.as(images, axes);
    lent.put(array, new Loan(buffer));
    return array;
  }

  public boolean owns(INDArray array) {
    return lent.containsKey(array);
  }

  /** Whether an array is the pool's and one holder's alone, who may write to it. */
  public boolean isSoleHolder(INDArray array) {
    Loan loan = lent.get(array);
    return loan != null && loan.holders == 1;
  }

  /** Lets one more hold an array of the pool's; each of them gives it back, and none writes. */
  public void share(INDArray array) {
    lent.get(array).holders++;
  }

  /** Takes an array back from one of its holders; one that the pool did not lend is left alone. */
  public void giveBack(INDArray array) {
    Loan loan = lent.get(array);
    if (loan == null) {
      return;
    }
    loan.holders--;
    if (loan.holders == 0) {
      lent.remove(array);
      free.add(loan.buffer);
    }
  }

  void giveBackAll() {
    lent.values().forEach(loan -> free.add(loan.buffer));
    lent.clear();
  }
}
