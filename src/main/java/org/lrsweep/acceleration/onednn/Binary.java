package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Adds or multiplies two images, value by value, for any shape and layout. */
public final class Binary {

  private final ExecutionContext context;
  private final algorithm operation;
  private final PrimitiveCache<Key, Primitive> primitives = new PrimitiveCache<>();

  private record Key(ImageBatch images, Precision second, int threads) {}

  private Binary(ExecutionContext context, algorithm operation) {
    this.context = context;
    this.operation = operation;
  }

  public static Binary addition(ExecutionContext context) {
    return new Binary(context, algorithm.binary_add);
  }

  public static Binary multiplication(ExecutionContext context) {
    return new Binary(context, algorithm.binary_mul);
  }

  /** Writes the result of two images of one layout; it may take the place of the first. */
  public void run(ImageBatch images, long first, long second, long target) {
    run(images, first, images.precision(), second, target);
  }

  /** The same where the second has another precision than the first and the result. */
  public void run(ImageBatch images, long first, Precision ofSecond, long second, long target) {
    primitives
        .get(new Key(images, ofSecond, context.threads()), this::primitive)
        .at(dnnl.DNNL_ARG_SRC_0, first)
        .at(dnnl.DNNL_ARG_SRC_1, second)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  private Primitive primitive(Key key) {
    memory.desc layout = key.images().description();
    memory.desc second = key.images().in(key.second()).description();
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(operation, layout, second, layout),
            context.attributes(),
            OneDnn.engine());
    return new Primitive(context, new binary(description), description)
        .argument(dnnl.DNNL_ARG_SRC_0, layout)
        .argument(dnnl.DNNL_ARG_SRC_1, second)
        .argument(dnnl.DNNL_ARG_DST, layout);
  }
}
