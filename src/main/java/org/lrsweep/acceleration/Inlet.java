package org.lrsweep.acceleration;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where arrays come in. Those of accelerated layers lie channels last already; any other is copied,
 * into memory that holds it until the next one comes.
 */
final class Inlet {

  private final Workbench workbench;
  private final Plans<Layout, Kernel> copies = new Plans<>();
  private Buffer staged = new Buffer(1);

  /** Equal for equal strides, which an array in a record would not be. */
  private record Layout(ImageBatch shape, List<Long> strides, int threads) {}

  Inlet(Workbench workbench) {
    this.workbench = workbench;
  }

  /** The address of the array's values, channels last. */
  long channelsLast(INDArray array, Axes axes) {
    return channelsLast(array, axes.shape(array), axes.strides(array));
  }

  /** The address of the values of [batch, features], row after row. */
  long rows(INDArray array) {
    ImageBatch shape = new ImageBatch(array.size(0), array.size(1), 1, 1);
    long[] strides = {array.stride(0), array.stride(1), 1, 1};
    return channelsLast(array, shape, strides);
  }

  private long channelsLast(INDArray array, ImageBatch shape, long[] strides) {
    if (shape.isChannelsLast(strides)) {
      return Address.of(array);
    }
    if (staged.capacity() < shape.length()) {
      staged = new Buffer(shape.length());
    }
    Layout layout = new Layout(shape, Arrays.stream(strides).boxed().toList(), workbench.threads());
    copies
        .get(
            layout, key -> Kernel.copy(workbench, shape.withStrides(strides), shape.channelsLast()))
        .at(dnnl.DNNL_ARG_FROM, Address.of(array))
        .at(dnnl.DNNL_ARG_TO, staged.address())
        .run();
    return staged.address();
  }
}
