package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** A transposed convolution's kernels for one input shape and layout; oneDNN's deconvolution. */
public final class TransposedConvolutionPrimitives implements ConvolutionKernels {

  private final ImageBatch output;
  private final Primitive forward;
  private final Primitive backwardWeights;
  private final Primitive backwardData;

  public TransposedConvolutionPrimitives(
      ExecutionContext context, ImageBatch input, WeightsLayout weights, Window window) {
    ImageBatch plain = window.output(input, weights.outputs());
    Layout layout = Layout.canBlock(plain.channels()) ? input.layout() : Layout.CHANNELS_LAST;
    output = plain.in(layout).in(context.precision());
    memory.desc source = input.in(layout).in(Precision.FLOAT).description();
    memory.desc target = output.in(Precision.FLOAT).description();
    memory.desc filters = weights.ofKernelsChoice(Precision.FLOAT);
    memory.desc bias =
        new memory.desc(new long[] {output.channels()}, memory.data_type.f32, memory.format_tag.a);
    deconvolution_forward.primitive_desc description =
        new deconvolution_forward.primitive_desc(
            new deconvolution_forward.desc(
                prop_kind.forward_training,
                algorithm.deconvolution_direct,
                source,
                filters,
                bias,
                target,
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            context.attributes(),
            OneDnn.engine());
    forward =
        new Primitive(context, new deconvolution_forward(description), description)
            .input(dnnl.DNNL_ARG_SRC, source, input.description())
            .input(dnnl.DNNL_ARG_WEIGHTS, description.weights_desc(), weights.description())
            .argument(dnnl.DNNL_ARG_BIAS, bias)
            .output(dnnl.DNNL_ARG_DST, target, output.description());
    deconvolution_backward_weights.primitive_desc byWeights =
        new deconvolution_backward_weights.primitive_desc(
            new deconvolution_backward_weights.desc(
                algorithm.deconvolution_direct,
                source,
                filters,
                bias,
                target,
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            context.attributes(),
            OneDnn.engine(),
            description);
    backwardWeights =
        new Primitive(context, new deconvolution_backward_weights(byWeights), byWeights)
            .inputAsOf(forward, dnnl.DNNL_ARG_SRC, source, input.description())
            .input(dnnl.DNNL_ARG_DIFF_DST, target, output.description())
            .output(
                dnnl.DNNL_ARG_DIFF_WEIGHTS, byWeights.diff_weights_desc(), weights.description())
            .argument(dnnl.DNNL_ARG_DIFF_BIAS, bias);
    deconvolution_backward_data.primitive_desc byData =
        new deconvolution_backward_data.primitive_desc(
            new deconvolution_backward_data.desc(
                algorithm.deconvolution_direct,
                source,
                filters,
                target,
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            context.attributes(),
            OneDnn.engine(),
            description);
    backwardData =
        new Primitive(context, new deconvolution_backward_data(byData), byData)
            .inputAsOf(backwardWeights, dnnl.DNNL_ARG_DIFF_DST, target, output.description())
            .input(dnnl.DNNL_ARG_WEIGHTS, byData.weights_desc(), weights.description())
            .output(dnnl.DNNL_ARG_DIFF_SRC, source, input.description());
  }

  @Override
  public ImageBatch output() {
    return output;
  }

  @Override
  public void forward(long source, long weights, long bias, long target) {
    WeightedKernels.forward(forward, source, weights, bias, target);
  }

  @Override
  public void backwardWeights(
      long source, long outputGradient, long weightsGradient, long biasGradient) {
    WeightedKernels.backwardWeights(
        backwardWeights, source, outputGradient, weightsGradient, biasGradient);
  }

  @Override
  public void backwardData(long outputGradient, long weights, long inputGradient) {
    WeightedKernels.backwardData(backwardData, outputGradient, weights, inputGradient);
  }
}
