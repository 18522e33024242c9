package org.lrsweep.acceleration;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution's forward and backward kernels for one input shape. Weights and their gradients are
 * the layer's [outputs, inputs, height, width]; oneDNN picks its own layout for them.
 */
final class ConvolutionKernels {

  /** Below this, oneDNN's kernels for channels-last images leave most of a vector empty. */
  private static final int FEW_CHANNELS = 8;

  /** What follows the convolution in the same kernel. */
  enum Activation {
    NONE,
    RELU
  }

  private final Workbench workbench;
  private final ImageBatch input;
  private final ImageBatch output;
  private final Window window;
  private final memory.desc weights;
  private final memory.desc anyWeights;
  private final memory.desc bias;
  private final convolution_forward.primitive_desc forwardDescription;
  private final Kernel forward;
  private Kernel backwardData;
  private Kernel backwardWeights;

  ConvolutionKernels(
      Workbench workbench, ImageBatch input, long channels, Window window, Activation activation) {
    this.workbench = workbench;
    this.input = input;
    this.window = window;
    output = window.output(input, channels);
    long[] kernel = window.kernel();
    long[] sizes = {channels, input.channels(), kernel[0], kernel[1]};
    weights = plain(memory.format_tag.oihw, sizes);
    anyWeights = plain(memory.format_tag.any, sizes);
    bias = plain(memory.format_tag.a, channels);
    forwardDescription =
        new convolution_forward.primitive_desc(
            new convolution_forward.desc(
                prop_kind.forward_training,
                algorithm.convolution_direct,
                preferred(input),
                anyWeights,
                bias,
                preferred(output),
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            attributes(activation),
            OneDnn.engine());
    forward =
        new Kernel(workbench, new convolution_forward(forwardDescription), forwardDescription)
            .input(dnnl.DNNL_ARG_SRC, forwardDescription.src_desc(), input.channelsLast())
            .input(dnnl.DNNL_ARG_WEIGHTS, forwardDescription.weights_desc(), weights)
            .argument(dnnl.DNNL_ARG_BIAS, bias)
            .output(dnnl.DNNL_ARG_DST, forwardDescription.dst_desc(), output.channelsLast());
  }

  ImageBatch output() {
    return output;
  }

  /** Convolves; all addresses are of channels-last memory or of parameters. */
  void forward(long source, long weightsAt, long biasAt, long target) {
    forward
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_WEIGHTS, weightsAt)
        .at(dnnl.DNNL_ARG_BIAS, biasAt)
        .at(dnnl.DNNL_ARG_DST, target)
        .run();
  }

  void backwardData(long outputGradient, long weightsAt, long inputGradient) {
    if (backwardData == null) {
      backwardData = backwardDataKernel();
    }
    backwardData
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_WEIGHTS, weightsAt)
        .at(dnnl.DNNL_ARG_DIFF_SRC, inputGradient)
        .run();
  }

  void backwardWeights(long source, long outputGradient, long weightsGradient, long biasGradient) {
    if (backwardWeights == null) {
      backwardWeights = backwardWeightsKernel();
    }
    backwardWeights
        .at(dnnl.DNNL_ARG_SRC, source)
        .at(dnnl.DNNL_ARG_DIFF_DST, outputGradient)
        .at(dnnl.DNNL_ARG_DIFF_WEIGHTS, weightsGradient)
        .at(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient)
        .run();
  }

  private Kernel backwardDataKernel() {
    convolution_backward_data.primitive_desc description =
        new convolution_backward_data.primitive_desc(
            new convolution_backward_data.desc(
                algorithm.convolution_direct,
                preferred(input),
                anyWeights,
                preferred(output),
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            workbench.attributes(),
            OneDnn.engine(),
            forwardDescription);
    return new Kernel(workbench, new convolution_backward_data(description), description)
        .input(dnnl.DNNL_ARG_DIFF_DST, description.diff_dst_desc(), output.channelsLast())
        .input(dnnl.DNNL_ARG_WEIGHTS, description.weights_desc(), weights)
        .output(dnnl.DNNL_ARG_DIFF_SRC, description.diff_src_desc(), input.channelsLast());
  }

  private Kernel backwardWeightsKernel() {
    convolution_backward_weights.primitive_desc description =
        new convolution_backward_weights.primitive_desc(
            new convolution_backward_weights.desc(
                algorithm.convolution_direct,
                preferred(input),
                anyWeights,
                bias,
                preferred(output),
                window.stride(),
                window.dilation(),
                window.paddingBefore(),
                window.paddingAfter()),
            workbench.attributes(),
            OneDnn.engine(),
            forwardDescription);
    return new Kernel(workbench, new convolution_backward_weights(description), description)
        .input(dnnl.DNNL_ARG_SRC, description.src_desc(), input.channelsLast())
        .input(dnnl.DNNL_ARG_DIFF_DST, description.diff_dst_desc(), output.channelsLast())
        .output(dnnl.DNNL_ARG_DIFF_WEIGHTS, description.diff_weights_desc(), weights)
        .argument(dnnl.DNNL_ARG_DIFF_BIAS, bias);
  }

  private primitive_attr attributes(Activation activation) {
    if (activation == Activation.NONE) {
      return workbench.attributes();
    }
    primitive_attr attributes = Workbench.newAttributes();
    post_ops after = new post_ops();
    after.append_eltwise(1f, algorithm.eltwise_relu, 0f, 0f);
    attributes.set_post_ops(after);
    return attributes;
  }

  /** Images of few channels go into the kernels that oneDNN has for a first layer. */
  private memory.desc preferred(ImageBatch images) {
    return input.channels() < FEW_CHANNELS
        ? plain(memory.format_tag.any, images.sizes())
        : images.channelsLast();
  }

  private static memory.desc plain(memory.format_tag order, long... sizes) {
    return new memory.desc(sizes, memory.data_type.f32, order);
  }
}
