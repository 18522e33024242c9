package org.lrsweep.acceleration.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * A convolution's forward and backward kernels for one input shape and layout. Weights and their
 * gradients are in the layer's layout; oneDNN picks its own for them.
 */
public final class ConvolutionPrimitives implements ConvolutionKernels {

  private final ExecutionContext context;
  private final ImageBatch input;
  private final ImageBatch output;
  private final memory.desc weights;
  private final memory.desc bias;
  private final ConvolutionDescriptors descriptions;
  private final Primitive forward;
  private Primitive backwardWeights;
  private Primitive backwardData;

  private ConvolutionPrimitives(
      ExecutionContext context,
      ImageBatch input,
      ImageBatch output,
      WeightsLayout weights,
      ConvolutionDescriptors descriptions) {
    this.context = context;
    this.input = input;
    this.output = output;
    this.descriptions = descriptions;
    this.weights = weights.description();
    bias =
        new memory.desc(new long[] {output.channels()}, memory.data_type.f32, memory.format_tag.a);
    convolution_forward.primitive_desc description = descriptions.forward();
    forward =
        new Primitive(context, new convolution_forward(description), description)
            .input(dnnl.DNNL_ARG_SRC, description.src_desc(), input.description())
            .input(dnnl.DNNL_ARG_WEIGHTS, description.weights_desc(), this.weights)
            .argument(dnnl.DNNL_ARG_BIAS, bias)
            .output(dnnl.DNNL_ARG_DST, description.dst_desc(), output.description());
  }

  /** Kernels by the algorithm that suits the shape. */
  public static ConvolutionPrimitives of(
      ExecutionContext context,
      ImageBatch input,
      WeightsLayout weights,
      Window window,
      Optional<EltwiseFunction> activation) {
    ImageBatch output = window.output(input, weights.outputs()).in(context.precision());
    ConvolutionDescriptors descriptions =
        ConvolutionDescriptors.of(context, input, output, window, weights, activation);
    return new ConvolutionPrimitives(
        context, input, output.in(descriptions.targetLayout(output)), weights, descriptions);
  }

  /** Kernels that do every multiplication. */
  public static ConvolutionPrimitives direct(
      ExecutionContext context, ImageBatch input, WeightsLayout weights, Window window) {
    ImageBatch output = window.output(input, weights.outputs());
    return new ConvolutionPrimitives(
        context,
        input,
        output,
        weights,
        ConvolutionDescriptors.direct(context, input, output, window, weights));
  }

  /** The output, in blocks if oneDNN puts it out so. */
  @Override
  public ImageBatch output() {
    return output;
  }

  @Override
  public void forward(long source, long weightsAt, long biasAt, long target) {
    WeightedKernels.forward(forward, source, weightsAt, biasAt, target);
  }

  @Override
  public void backwardWeights(
      long source, long outputGradient, long weightsGradient, long biasGradient) {
    if (backwardWeights == null) {
      makeBackward();
    }
    WeightedKernels.backwardWeights(
        backwardWeights, source, outputGradient, weightsGradient, biasGradient);
  }

  @Override
  public void backwardData(long outputGradient, long weightsAt, long inputGradient) {
    WeightedKernels.backwardData(backwardData, outputGradient, weightsAt, inputGradient);
  }

  private void makeBackward() {
    convolution_backward_weights.primitive_desc byWeights = descriptions.backwardWeights();
    backwardWeights =
        new Primitive(context, new convolution_backward_weights(byWeights), byWeights)
            .inputAsOf(forward, dnnl.DNNL_ARG_SRC, byWeights.src_desc(), input.description())
            .input(dnnl.DNNL_ARG_DIFF_DST, byWeights.diff_dst_desc(), output.description())
            .output(dnnl.DNNL_ARG_DIFF_WEIGHTS, byWeights.diff_weights_desc(), weights)
            .argument(dnnl.DNNL_ARG_DIFF_BIAS, bias);
    convolution_backward_data.primitive_desc byData = descriptions.backwardData();
    backwardData =
        new Primitive(context, new convolution_backward_data(byData), byData)
            .inputAsOf(
                backwardWeights,
                dnnl.DNNL_ARG_DIFF_DST,
                byData.diff_dst_desc(),
                output.description())
            .input(dnnl.DNNL_ARG_WEIGHTS, byData.weights_desc(), weights)
            .output(dnnl.DNNL_ARG_DIFF_SRC, byData.diff_src_desc(), input.description());
  }
}
