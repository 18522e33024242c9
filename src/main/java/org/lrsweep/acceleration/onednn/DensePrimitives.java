package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A dense layer's forward and backward kernels for one batch size. Weights and their gradients are
 * the layer's: in memory [outputs, inputs], which oneDNN takes as it is.
 */
public final class DensePrimitives {

  private final Primitive forward;
  private final Primitive backwardWeights;
  private final Primitive backwardData;

  public DensePrimitives(ExecutionContext context, long batch, long inputs, long outputs) {
    memory.desc source = layout(memory.format_tag.nc, batch, inputs);
    memory.desc weights = layout(memory.format_tag.oi, outputs, inputs);
    memory.desc bias = layout(memory.format_tag.a, outputs);
    memory.desc target = layout(memory.format_tag.nc, batch, outputs);
    inner_product_forward.primitive_desc description =
        new inner_product_forward.primitive_desc(
            new inner_product_forward.desc(
                prop_kind.forward_training, source, weights, bias, target),
            context.attributes(),
            OneDnn.engine());
    forward =
        new Primitive(context, new inner_product_forward(description), description)
            .argument(dnnl.DNNL_ARG_SRC, source)
            .argument(dnnl.DNNL_ARG_WEIGHTS, weights)
            .argument(dnnl.DNNL_ARG_BIAS, bias)
            .argument(dnnl.DNNL_ARG_DST, target);
    inner_product_backward_weights.primitive_desc byWeights =
        new inner_product_backward_weights.primitive_desc(
            new inner_product_backward_weights.desc(source, weights, bias, target),
            context.attributes(),
            OneDnn.engine(),
            description);
    backwardWeights =
        new Primitive(context, new inner_product_backward_weights(byWeights), byWeights)
            .argument(dnnl.DNNL_ARG_SRC, source)
            .argument(dnnl.DNNL_ARG_DIFF_DST, target)
            .argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, weights)
            .argument(dnnl.DNNL_ARG_DIFF_BIAS, bias);
    inner_product_backward_data.primitive_desc byData =
        new inner_product_backward_data.primitive_desc(
            new inner_product_backward_data.desc(source, weights, target),
            context.attributes(),
            OneDnn.engine(),
            description);
    backwardData =
        new Primitive(context, new inner_product_backward_data(byData), byData)
            .argument(dnnl.DNNL_ARG_DIFF_DST, target)
            .argument(dnnl.DNNL_ARG_WEIGHTS, weights)
            .argument(dnnl.DNNL_ARG_DIFF_SRC, source);
  }

  private static memory.desc layout(memory.format_tag tag, long... sizes) {
    return new memory.desc(sizes, memory.data_type.f32, tag);
  }

  public void forward(long source, long weights, long bias, long target) {
    WeightedKernels.forward(forward, source, weights, bias, target);
  }

  public void backwardWeights(
      long source, long outputGradient, long weightGradient, long biasGradient) {
    WeightedKernels.backwardWeights(
        backwardWeights, source, outputGradient, weightGradient, biasGradient);
  }

  public void backwardData(long outputGradient, long weights, long inputGradient) {
    WeightedKernels.backwardData(backwardData, outputGradient, weights, inputGradient);
  }
}
