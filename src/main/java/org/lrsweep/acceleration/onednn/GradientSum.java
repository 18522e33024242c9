package org.lrsweep.acceleration.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the gradients that several readers of one vertex send back. It takes the place of the
 * graph's own, which would add arrays with permuted axes element by element.
 */
public final class GradientSum {

  private final ExecutionContext context;
  private final PrimitiveCache<Key, Primitive> additions = new PrimitiveCache<>();
  private INDArray sum;

  private record Key(ImageBatch images, int threads) {}

  public GradientSum(ExecutionContext context) {
    this.context = context;
    context.add(this);
  }

  /** Forgets the sum: another pass begins. */
  void reset() {
    sum = null;
  }

  /** Whether no reader has added its gradient yet. */
  public boolean isEmpty() {
    return sum == null;
  }

  /**
   * Adds a gradient, which must be borrowed from the context and belongs to this sum from here on.
   *
   * @return the sum so far
   */
  public INDArray add(INDArray gradient, Axes axes) {
    if (sum == null) {
      sum = gradient;
      return sum;
    }
    if (!Arrays.equals(sum.stride(), gradient.stride())) {
      sum.addi(gradient);
      context.gradients().giveBack(gradient);
      return sum;
    }
    additions
        .get(new Key(axes.images(gradient), context.threads()), this::addition)
        .at(dnnl.DNNL_ARG_SRC_0, Address.of(sum))
        .at(dnnl.DNNL_ARG_SRC_1, Address.of(gradient))
        .at(dnnl.DNNL_ARG_DST, Address.of(sum))
        .run();
    context.gradients().giveBack(gradient);
    return sum;
  }

  private Primitive addition(Key key) {
    memory.desc layout = key.images().description();
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, layout, layout, layout),
            context.attributes(),
            OneDnn.engine());
    return new Primitive(context, new binary(description), description)
        .argument(dnnl.DNNL_ARG_SRC_0, layout)
        .argument(dnnl.DNNL_ARG_SRC_1, layout)
        .argument(dnnl.DNNL_ARG_DST, layout);
  }
}
