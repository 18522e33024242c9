package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** An activation function and its gradient, for any shape and layout. Both may work in place. */
public final class Eltwise {

  private final ExecutionContext context;
  private final EltwiseFunction function;
  private final PrimitiveCache<Key, Kernels> primitives = new PrimitiveCache<>();

  private record Key(ImageBatch images, int threads) {}

  private record Kernels(Primitive forward, Primitive backward) {}

  public Eltwise(ExecutionContext context, EltwiseFunction function) {
    this.context = context;
    this.function = function;
  }

  public EltwiseFunction function() {
    return function;
  }

  public void forward(ImageBatch images, long source, long target) {
    primitives(images).forward().at(dnnl.DNNL_ARG_SRC, source).at(dnnl.DNNL_ARG_DST, target).run();
  }

  /**
   * The gradient at the input.
   *
   * @param values what the forward pass has put out where the function {@linkplain
   *     EltwiseFunction#differentiatesByOutput differentiates by that}, else what it has read
   */
  public void backward(ImageBatch images, long values, long outputGradient, long inputGradient) {
    primitives(images)
        .backward()
        .at(backwardReads(), values)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  private int backwardReads() {
    return function.differentiatesByOutput() ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_SRC;
  }

  private Kernels primitives(ImageBatch images) {
    return primitives.get(new Key(images, context.threads()), this::primitives);
  }

  private Kernels primitives(Key key) {
    memory.desc layout = key.images().description();
    eltwise_forward.primitive_desc forward =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training,
                function.backward(),
                layout,
                function.alpha(),
                function.beta()),
            context.attributes(),
            OneDnn.engine());
    eltwise_backward.primitive_desc backward =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(
                function.backward(), layout, layout, function.alpha(), function.beta()),
            context.attributes(),
            OneDnn.engine(),
            forward);
    return new Kernels(
        new Primitive(context, new eltwise_forward(forward), forward)
            .argument(dnnl.DNNL_ARG_SRC, layout)
            .argument(dnnl.DNNL_ARG_DST, layout),
        new Primitive(context, new eltwise_backward(backward), backward)
            .argument(backwardReads(), layout)
            .argument(dnnl.DNNL_ARG_DIFF_DST, layout)
            .argument(dnnl.DNNL_ARG_DIFF_SRC, layout));
  }
}
