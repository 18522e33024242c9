package org.lrsweep.acceleration.onednn;

import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * oneDNN's descriptions of a convolution's three kernels: which algorithm and which layouts.
 *
 * <p>3x3 convolutions go through Winograd's minimal filtering, F(4x4, 3x3), with a quarter of the
 * multiplications (Lavin and Gray, <a href="https://arxiv.org/abs/1509.09308">Fast algorithms for
 * convolutional neural networks</a>); single precision loses less than a digit by it.
 */
record ConvolutionDescriptors(
    convolution_forward.primitive_desc forward,
    convolution_backward_data.primitive_desc backwardData,
    convolution_backward_weights.primitive_desc backwardWeights,
    Precision precision) {

  /** How oneDNN's names of kernels begin that only show what a fast one must give. */
  private static final String REFERENCE = "ref";

  /** Below this, oneDNN's kernels for channels-last images leave most of a vector empty. */
  private static final int FEW_CHANNELS = 8;

  /** Below this, Winograd's transformations cost more than they save. */
  private static final int MANY_CHANNELS = 32;

  static ConvolutionDescriptors of(
      ExecutionContext context,
      ImageBatch input,
      ImageBatch output,
      Window window,
      WeightsLayout weights,
      Optional<EltwiseFunction> activation) {
    Maker maker = new Maker(context, input, output, window, weights, activation);
    if (context.precision() != Precision.FLOAT && input.channels() >= FEW_CHANNELS) {
      Optional<ConvolutionDescriptors> mixed = maker.fast(context.precision());
      if (mixed.isPresent()) {
        return mixed.get();
      }
    }
    if (!weights.isDepthwise() && suitsWinograd(input, output, window)) {
      try {
        return maker.make(algorithm.convolution_winograd, Choice.ONEDNN, Precision.FLOAT);
      } catch (RuntimeException e) {
        // This processor, or these sizes, have no such kernel: the direct one is there always.
        return maker.make(algorithm.convolution_direct, Choice.OURS, Precision.FLOAT);
      }
    }
    return maker.make(
        algorithm.convolution_direct,
        input.channels() < FEW_CHANNELS ? Choice.ONEDNN : Choice.OURS,
        Precision.FLOAT);
  }

  static ConvolutionDescriptors direct(
      ExecutionContext context,
      ImageBatch input,
      ImageBatch output,
      Window window,
      WeightsLayout weights) {
    return new Maker(context, input, output, window, weights, Optional.empty())
        .make(algorithm.convolution_direct, Choice.OURS, Precision.FLOAT);
  }

  private static boolean suitsWinograd(ImageBatch input, ImageBatch output, Window window) {
    return window.isDenseOf(3)
        && input.channels() >= MANY_CHANNELS
        && output.channels() >= MANY_CHANNELS;
  }

  /** Which of our layouts the forward kernel puts its output out in, or can be brought to. */
  Layout targetLayout(ImageBatch output) {
    return Layout.canBlock(output.channels())
            && forward.dst_desc().equals(output.in(Layout.BLOCKED).in(precision).description())
        ? Layout.BLOCKED
        : Layout.CHANNELS_LAST;
  }

  private boolean isReference() {
    return Stream.of(
            forward.impl_info_str(), backwardData.impl_info_str(), backwardWeights.impl_info_str())
        .anyMatch(name -> name.getString().startsWith(REFERENCE));
  }

  /** Who chooses the layouts of a kernel. */
  private enum Choice {
    ONEDNN,
    /** The input's, if the output can have it too: what comes in blocks goes out in blocks. */
    OURS
  }

  private record Maker(
      ExecutionContext context,
      ImageBatch input,
      ImageBatch output,
      Window window,
      WeightsLayout weights,
      Optional<EltwiseFunction> activation) {

    /**
     * Direct kernels that compute in this precision, if oneDNN has such for the sizes that are more
     * than references: those take a thousand times as long.
     */
    Optional<ConvolutionDescriptors> fast(Precision precision) {
      try {
        ConvolutionDescriptors made = make(algorithm.convolution_direct, Choice.OURS, precision);
        return made.isReference() ? Optional.empty() : Optional.of(made);
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }

    ConvolutionDescriptors make(algorithm kind, Choice choice, Precision precision) {
      memory.desc source = layout(input.in(precision), choice);
      memory.desc target = layout(output.in(precision), choice);
      memory.desc filters = weights.ofKernelsChoice(precision);
      memory.desc bias =
          new memory.desc(
              new long[] {output.channels()}, memory.data_type.f32, memory.format_tag.a);
      convolution_forward.primitive_desc forward =
          new convolution_forward.primitive_desc(
              new convolution_forward.desc(
                  prop_kind.forward_training,
                  kind,
                  source,
                  filters,
                  bias,
                  target,
                  window.stride(),
                  window.dilation(),
                  window.paddingBefore(),
                  window.paddingAfter()),
              attributes(),
              OneDnn.engine());
      return new ConvolutionDescriptors(
          forward,
          new convolution_backward_data.primitive_desc(
              new convolution_backward_data.desc(
                  kind,
                  source,
                  filters,
                  target,
                  window.stride(),
                  window.dilation(),
                  window.paddingBefore(),
                  window.paddingAfter()),
              context.attributes(),
              OneDnn.engine(),
              forward),
          new convolution_backward_weights.primitive_desc(
              new convolution_backward_weights.desc(
                  kind,
                  source,
                  weights.ofKernelsChoice(Precision.FLOAT),
                  bias,
                  target,
                  window.stride(),
                  window.dilation(),
                  window.paddingBefore(),
                  window.paddingAfter()),
              context.attributes(),
              OneDnn.engine(),
              forward),
          precision);
    }

    /** Both ends of a kernel need one layout, so the output decides for the input too. */
    private memory.desc layout(ImageBatch images, Choice choice) {
      if (choice == Choice.ONEDNN) {
        return new memory.desc(images.sizes(), images.precision().kernels(), memory.format_tag.any);
      }
      return images
          .in(Layout.canBlock(output.channels()) ? input.layout() : Layout.CHANNELS_LAST)
          .description();
    }

    private primitive_attr attributes() {
      if (activation.isEmpty()) {
        return context.attributes();
      }
      primitive_attr attributes = ExecutionContext.newAttributes();
      post_ops after = new post_ops();
      EltwiseFunction function = activation.get();
      after.append_eltwise(1f, function.forward(), function.alpha(), function.beta());
      attributes.set_post_ops(after);
      return attributes;
    }
  }
}
