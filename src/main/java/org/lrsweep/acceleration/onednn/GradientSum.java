package org.lrsweep.acceleration.onednn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the gradients that several readers of one vertex send back. It takes the place of the
 * graph's own, which would add arrays with permuted axes element by element, and would write to
 * arrays that others still read.
 */
public final class GradientSum {

  private final ExecutionContext context;
  private final Binary addition;
  private INDArray sum;

  public GradientSum(ExecutionContext context) {
    this.context = context;
    addition = Binary.addition(context);
    context.beforeEachPass(() -> sum = null);
  }

  /** Whether no reader has added its gradient yet. */
  public boolean isEmpty() {
    return sum == null;
  }

  /** The sum of what was added in this pass; null if nothing was. */
  public INDArray total() {
    return sum;
  }

  /**
   * Adds a gradient, which must be borrowed from the context and belongs to this sum from here on,
   * unless others share it.
   *
   * @return the sum so far
   */
  public INDArray add(INDArray gradient, Axes axes) {
    if (sum == null) {
      sum = gradient;
      return sum;
    }
    BufferPool pool = context.gradients();
    INDArray before = sum;
    if (!Arrays.equals(before.stride(), gradient.stride())) {
      sum = pool.isSoleHolder(before) ? before : pool.borrow(axes.images(before), axes);
      before.addi(gradient, sum);
    } else if (pool.isSoleHolder(before) || !pool.isSoleHolder(gradient)) {
      addInto(before, gradient, axes);
    } else {
      addInto(gradient, before, axes);
    }
    giveBackUnlessSum(before);
    giveBackUnlessSum(gradient);
    return sum;
  }

  /** Writes the sum to the first, if nobody else reads that. */
  private void addInto(INDArray first, INDArray second, Axes axes) {
    BufferPool pool = context.gradients();
    ImageBatch images = axes.images(first);
    sum = pool.isSoleHolder(first) ? first : pool.borrow(images, axes);
    addition.run(images, Address.of(first), Address.of(second), Address.of(sum));
  }

  @SuppressWarnings("ReferenceEquality") // the very array, whatever its values
  private void giveBackUnlessSum(INDArray array) {
    if (array != sum) {
      context.gradients().giveBack(array);
    }
  }
}
