package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Adds up images, value by value, for any shape and layout. */
public final class Addition {

  private final ExecutionContext context;
  private final PrimitiveCache<Key, Primitive> primitives = new PrimitiveCache<>();

  private record Key(ImageBatch images, int threads) {}

  public Addition(ExecutionContext context) {
    this.context = context;
  }

  /** Writes the sum of two images of one layout; it may take the place of the first. */
  public void add(ImageBatch images, long first, long second, long target) {
    primitives
        .get(new Key(images, context.threads()), this::primitive)
        .at(dnnl.DNNL_ARG_SRC_0, first)
        .at(dnnl.DNNL_ARG_SRC_1, second)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  private Primitive primitive(Key key) {
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
