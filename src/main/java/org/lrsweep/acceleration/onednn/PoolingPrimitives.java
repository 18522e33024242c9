package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_v2_backward;
import org.bytedeco.dnnl.pooling_v2_forward;

/** Pooling's forward and backward kernels for one input shape and layout. */
public final class PoolingPrimitives {

  /** What the kernels put out, which may have to be converted. */
  private final ImageBatch pooled;

  private final ImageBatch output;
  private final Primitive inference;
  private final Primitive forward;
  private final Primitive backward;

  /** Kernels whose output has the precision of their input. */
  public PoolingPrimitives(
      ExecutionContext context, ImageBatch input, Window window, algorithm kind) {
    this(context, input, window, kind, input.precision());
  }

  /**
   * @param precision of the output
   */
  public PoolingPrimitives(
      ExecutionContext context,
      ImageBatch input,
      Window window,
      algorithm kind,
      Precision precision) {
    pooled = window.output(input, input.channels());
    output = pooled.in(precision);
    pooling_v2_forward.primitive_desc forwardDescription =
        description(context, prop_kind.forward_training, input, window, kind);
    pooling_v2_backward.primitive_desc backwardDescription =
        new pooling_v2_backward.primitive_desc(
            new pooling_v2_backward.desc(
                kind,
                input.description(),
                pooled.description(),
                window.stride(),
                window.kernel(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            context.attributes(),
            OneDnn.engine(),
            forwardDescription);
    // Which need not remember where the maxima were.
    inference =
        kernel(
            context, description(context, prop_kind.forward_inference, input, window, kind), input);
    forward = kernel(context, forwardDescription, input);
    backward =
        new Primitive(context, new pooling_v2_backward(backwardDescription), backwardDescription)
            .input(dnnl.DNNL_ARG_DIFF_DST, pooled.description(), output.description())
            .argument(dnnl.DNNL_ARG_DIFF_SRC, input.description());
    memory.desc indices = forwardDescription.workspace_desc();
    if (indices.get_size() > 0) {
      memory maxima = new memory(indices, OneDnn.engine());
      forward.argument(dnnl.DNNL_ARG_WORKSPACE, maxima);
      backward.argument(dnnl.DNNL_ARG_WORKSPACE, maxima);
    }
  }

  private pooling_v2_forward.primitive_desc description(
      ExecutionContext context, prop_kind pass, ImageBatch input, Window window, algorithm kind) {
    return new pooling_v2_forward.primitive_desc(
        new pooling_v2_forward.desc(
            pass,
            kind,
            input.description(),
            pooled.description(),
            window.stride(),
            window.kernel(),
            window.dilation(),
            window.paddingBefore(),
            window.paddingAfter()),
        context.attributes(),
        OneDnn.engine());
  }

  private Primitive kernel(
      ExecutionContext context, pooling_v2_forward.primitive_desc description, ImageBatch input) {
    return new Primitive(context, new pooling_v2_forward(description), description)
        .argument(dnnl.DNNL_ARG_SRC, input.description())
        .output(dnnl.DNNL_ARG_DST, pooled.description(), output.description());
  }

  public ImageBatch output() {
    return output;
  }

  public void infer(long source, long target) {
    inference.at(dnnl.DNNL_ARG_SRC, source).at(dnnl.DNNL_ARG_DST, target).run();
  }

  public void forward(long source, long target) {
    forward.at(dnnl.DNNL_ARG_SRC, source).at(dnnl.DNNL_ARG_DST, target).run();
  }

  public void backward(long outputGradient, long inputGradient) {
    backward
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }
}
