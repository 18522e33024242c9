package org.lrsweep.acceleration;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Copies between images and their slices of the channels of wider images. */
final class Concatenation {

  private final List<ImageBatch> parts;
  private final ImageBatch whole;
  private final List<Kernel> in;
  private final List<Kernel> out;

  Concatenation(Workbench workbench, List<ImageBatch> parts) {
    this.parts = parts;
    whole = parts.get(0).withChannels(parts.stream().mapToLong(ImageBatch::channels).sum());
    in =
        parts.stream()
            .map(part -> Kernel.copy(workbench, part.channelsLast(), slice(part)))
            .toList();
    out =
        parts.stream()
            .map(part -> Kernel.copy(workbench, slice(part), part.channelsLast()))
            .toList();
  }

  private memory.desc slice(ImageBatch part) {
    return part.withStrides(whole.channelsLastStrides());
  }

  ImageBatch whole() {
    return whole;
  }

  ImageBatch part(int number) {
    return parts.get(number);
  }

  void copyIn(int number, long part, long wholeAt) {
    in.get(number)
        .at(dnnl.DNNL_ARG_FROM, part)
        .at(dnnl.DNNL_ARG_TO, wholeAt + offset(number))
        .run();
  }

  void copyOut(int number, long wholeAt, long part) {
    out.get(number)
        .at(dnnl.DNNL_ARG_FROM, wholeAt + offset(number))
        .at(dnnl.DNNL_ARG_TO, part)
        .run();
  }

  private long offset(int number) {
    return parts.subList(0, number).stream().mapToLong(ImageBatch::channels).sum() * Float.BYTES;
  }
}
