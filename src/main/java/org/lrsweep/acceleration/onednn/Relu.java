package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** ReLU and its gradient, for any shape and layout. Both may work in place. */
public final class Relu {

  private final ExecutionContext context;
  private final PrimitiveCache<Key, Kernels> primitives = new PrimitiveCache<>();

  private record Key(ImageBatch images, int threads) {}

  private record Kernels(Primitive forward, Primitive backward) {}

  public Relu(ExecutionContext context) {
    this.context = context;
  }

  public void forward(ImageBatch images, long source, long target) {
    primitives(images).forward().at(dnnl.DNNL_ARG_SRC, source).at(dnnl.DNNL_ARG_DST, target).run();
  }

  /** The gradient by what the forward pass has put out. */
  public void backward(ImageBatch images, long target, long outputGradient, long inputGradient) {
    primitives(images)
        .backward()
        .at(dnnl.DNNL_ARG_DST, target)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  private Kernels primitives(ImageBatch images) {
    return primitives.get(new Key(images, context.threads()), this::primitives);
  }

  private Kernels primitives(Key key) {
    memory.desc layout = key.images().description();
    algorithm relu = algorithm.eltwise_relu_use_dst_for_bwd;
    eltwise_forward.primitive_desc forward =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(prop_kind.forward_training, relu, layout, 0f, 0f),
            context.attributes(),
            OneDnn.engine());
    eltwise_backward.primitive_desc backward =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(relu, layout, layout, 0f, 0f),
            context.attributes(),
            OneDnn.engine(),
            forward);
    return new Kernels(
        new Primitive(context, new eltwise_forward(forward), forward)
            .argument(dnnl.DNNL_ARG_SRC, layout)
            .argument(dnnl.DNNL_ARG_DST, layout),
        new Primitive(context, new eltwise_backward(backward), backward)
            .argument(dnnl.DNNL_ARG_DST, layout)
            .argument(dnnl.DNNL_ARG_DIFF_DST, layout)
            .argument(dnnl.DNNL_ARG_DIFF_SRC, layout));
  }
}
