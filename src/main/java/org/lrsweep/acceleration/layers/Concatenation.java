package org.lrsweep.acceleration.layers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Layout;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.acceleration.onednn.Primitive;

/** Copies between images and their slices of the channels of wider images. */
final class Concatenation {

  private final List<ImageBatch> parts;
  private final ImageBatch whole;
  private final List<Primitive> in = new ArrayList<>();
  private final List<Primitive> out = new ArrayList<>();

  Concatenation(ExecutionContext context, List<ImageBatch> parts) {
    this.parts = parts;
    whole =
        parts
            .get(0)
            .withChannels(parts.stream().mapToLong(ImageBatch::channels).sum())
            .in(commonLayout(parts))
            .in(commonPrecision(parts));
    long channel = 0;
    for (ImageBatch part : parts) {
      memory.desc slice =
          whole.description().submemory_desc(part.sizes(), new long[] {0, channel, 0, 0}, false);
      in.add(Primitive.copy(context, part.description(), slice));
      out.add(Primitive.copy(context, slice, part.description()));
      channel += part.channels();
    }
  }

  private static Layout commonLayout(List<ImageBatch> parts) {
    return parts.stream().allMatch(part -> part.layout() == Layout.BLOCKED)
        ? Layout.BLOCKED
        : Layout.CHANNELS_LAST;
  }

  /** The lower one if all parts have it. */
  static Precision commonPrecision(List<ImageBatch> parts) {
    return parts.stream().allMatch(part -> part.precision() == Precision.BFLOAT16)
        ? Precision.BFLOAT16
        : Precision.FLOAT;
  }

  /** The wider images; in blocks if all parts are. */
  ImageBatch whole() {
    return whole;
  }

  ImageBatch part(int number) {
    return parts.get(number);
  }

  void copyIn(int number, long part, long wholeAt) {
    in.get(number).at(dnnl.DNNL_ARG_FROM, part).at(dnnl.DNNL_ARG_TO, wholeAt).run();
  }

  void copyOut(int number, long wholeAt, long part) {
    out.get(number).at(dnnl.DNNL_ARG_FROM, wholeAt).at(dnnl.DNNL_ARG_TO, part).run();
  }
}
