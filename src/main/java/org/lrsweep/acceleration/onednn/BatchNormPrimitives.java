package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch norm's forward and backward kernels for one input shape and layout, with the batch's
 * statistics in one pass over the data.
 */
public final class BatchNormPrimitives {

  private static final int SCALE_AND_SHIFT = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

  private final ExecutionContext context;
  private final ImageBatch images;
  private final float epsilon;
  private final int flags;
  private final memory.desc perChannel;
  private final INDArray mean;
  private final INDArray variance;
  private Primitive inference;
  private Primitive forward;
  private Primitive backward;

  public BatchNormPrimitives(
      ExecutionContext context, ImageBatch images, float epsilon, FusedActivation activation) {
    this.context = context;
    this.images = images;
    this.epsilon = epsilon;
    flags = SCALE_AND_SHIFT | (activation == FusedActivation.RELU ? dnnl.dnnl_fuse_norm_relu : 0);
    perChannel =
        new memory.desc(new long[] {images.channels()}, memory.data_type.f32, memory.format_tag.a);
    mean = Nd4j.createUninitializedDetached(DataType.FLOAT, images.channels());
    variance = Nd4j.createUninitializedDetached(DataType.FLOAT, images.channels());
  }

  /** The mean of the last training batch, [channels]. */
  public INDArray batchMean() {
    return mean;
  }

  /** The variance of the last training batch, [channels], not corrected for bias. */
  public INDArray batchVariance() {
    return variance;
  }

  public void infer(
      long source, long gamma, long beta, long globalMean, long globalVariance, long target) {
    if (inference == null) {
      inference = inferenceKernel();
    }
    inference
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_SCALE, gamma)
        .at(dnnl.DNNL_ARG_SHIFT, beta)
        .at(dnnl.DNNL_ARG_MEAN, globalMean)
        .at(dnnl.DNNL_ARG_VARIANCE, globalVariance)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  public void forward(long source, long gamma, long beta, long target) {
    if (forward == null) {
      makeTrainingKernels();
    }
    forward
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_SCALE, gamma)
        .at(dnnl.DNNL_ARG_SHIFT, beta)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  /** The gradient at the input may take the place of the one at the output. */
  public void backward(
      long source,
      long outputGradient,
      long gamma,
      long beta,
      long gammaGradient,
      long betaGradient,
      long inputGradient) {
    backward
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_SCALE, gamma)
        .at(dnnl.DNNL_ARG_SHIFT, beta)
        .at(dnnl.DNNL_ARG_DIFF_SCALE, gammaGradient)
        .at(dnnl.DNNL_ARG_DIFF_SHIFT, betaGradient)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  private Primitive inferenceKernel() {
    batch_normalization_forward.primitive_desc description =
        description(prop_kind.forward_inference, flags | dnnl.dnnl_use_global_stats);
    return arguments(description)
        .argument(dnnl.DNNL_ARG_MEAN, perChannel)
        .argument(dnnl.DNNL_ARG_VARIANCE, perChannel);
  }

  private void makeTrainingKernels() {
    batch_normalization_forward.primitive_desc description =
        description(prop_kind.forward_training, flags);
    memory.desc layout = images.description();
    batch_normalization_backward.primitive_desc backwardDescription =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                prop_kind.backward.value, layout, layout, epsilon, flags),
            context.attributes(),
            OneDnn.engine(),
            description);
    forward =
        arguments(description)
            .argument(dnnl.DNNL_ARG_MEAN, perChannel)
            .argument(dnnl.DNNL_ARG_VARIANCE, perChannel)
            .at(dnnl.DNNL_ARG_MEAN, Address.of(mean))
            .at(dnnl.DNNL_ARG_VARIANCE, Address.of(variance));
    backward =
        new Primitive(
                context, new batch_normalization_backward(backwardDescription), backwardDescription)
            .argument(dnnl.DNNL_ARG_SRC, layout)
            .argument(dnnl.DNNL_ARG_DIFF_DST, layout)
            .argument(dnnl.DNNL_ARG_DIFF_SRC, layout)
            .argument(dnnl.DNNL_ARG_SCALE, perChannel)
            .argument(dnnl.DNNL_ARG_SHIFT, perChannel)
            .argument(dnnl.DNNL_ARG_DIFF_SCALE, perChannel)
            .argument(dnnl.DNNL_ARG_DIFF_SHIFT, perChannel)
            .argument(dnnl.DNNL_ARG_MEAN, perChannel)
            .argument(dnnl.DNNL_ARG_VARIANCE, perChannel)
            .at(dnnl.DNNL_ARG_MEAN, Address.of(mean))
            .at(dnnl.DNNL_ARG_VARIANCE, Address.of(variance));
    if ((flags & dnnl.dnnl_fuse_norm_relu) != 0) {
      memory positive = new memory(description.workspace_desc(), OneDnn.engine());
      forward.argument(dnnl.DNNL_ARG_WORKSPACE, positive);
      backward.argument(dnnl.DNNL_ARG_WORKSPACE, positive);
    }
  }

  private batch_normalization_forward.primitive_desc description(prop_kind kind, int allFlags) {
    return new batch_normalization_forward.primitive_desc(
        new batch_normalization_forward.desc(kind.value, images.description(), epsilon, allFlags),
        context.attributes(),
        OneDnn.engine());
  }

  private Primitive arguments(batch_normalization_forward.primitive_desc description) {
    return new Primitive(context, new batch_normalization_forward(description), description)
        .argument(dnnl.DNNL_ARG_SRC, images.description())
        .argument(dnnl.DNNL_ARG_SCALE, perChannel)
        .argument(dnnl.DNNL_ARG_SHIFT, perChannel)
        .argument(dnnl.DNNL_ARG_DST, images.description());
  }
}
