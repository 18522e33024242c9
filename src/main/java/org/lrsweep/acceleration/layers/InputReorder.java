package org.lrsweep.acceleration.layers;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.lrsweep.acceleration.onednn.Address;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.GrowingBuffer;
import org.lrsweep.acceleration.onednn.ImageBatch;
import org.lrsweep.acceleration.onednn.Layout;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.acceleration.onednn.Primitive;
import org.lrsweep.acceleration.onednn.PrimitiveCache;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Brings a layer's input into the layout that its primitives read. What accelerated layers hand on
 * lies so already; any other array is copied, into memory that holds it until the next one comes.
 */
public final class InputReorder {

  /** In the place of strides, which blocks do not have. */
  private static final List<Long> IN_BLOCKS = List.of();

  private final ExecutionContext context;
  private final PrimitiveCache<Key, Primitive> copies = new PrimitiveCache<>();
  private final GrowingBuffer staged = new GrowingBuffer();

  /** Equal for equal strides, which an array in a record would not be. */
  private record Key(ImageBatch wanted, Precision found, List<Long> strides, int threads) {}

  InputReorder(ExecutionContext context) {
    this.context = context;
  }

  /** The address of the array's values in the layout of the images, whose shape is the array's. */
  long take(INDArray array, Axes axes, ImageBatch wanted) {
    if (lies(array, axes, wanted)) {
      return Address.of(array);
    }
    long target = staged.atLeast(wanted).address();
    copy(array, axes, wanted, target);
    return target;
  }

  /** Copies the array's values to an address, in the layout of the images. */
  void copy(INDArray array, Axes axes, ImageBatch wanted, long target) {
    if (Layout.isBlocked(array)) {
      copy(array, axes.images(array).description(), wanted, IN_BLOCKS, target);
    } else {
      copy(array, axes.strides(array), wanted, target);
    }
  }

  /** Whether an array's values lie as those of images of its shape do. */
  static boolean lies(INDArray array, Axes axes, ImageBatch images) {
    if (Precision.of(array) != images.precision()) {
      return false;
    }
    return Layout.isBlocked(array)
        ? images.layout() == Layout.BLOCKED
        : images.liesAt(axes.strides(array));
  }

  /** The address of the values of [batch, features], row after row. */
  long rows(INDArray array) {
    long[] strides = {array.stride(0), array.stride(1), 1, 1};
    ImageBatch wanted = new ImageBatch(array.size(0), array.size(1), 1, 1, Layout.CHANNELS_LAST);
    if (wanted.liesAt(strides)) {
      return Address.of(array);
    }
    long target = staged.atLeast(wanted).address();
    copy(array, strides, wanted, target);
    return target;
  }

  private void copy(INDArray array, long[] strides, ImageBatch wanted, long target) {
    copy(
        array,
        wanted.in(Precision.of(array)).withStrides(strides),
        wanted,
        Arrays.stream(strides).boxed().toList(),
        target);
  }

  private void copy(
      INDArray array, memory.desc found, ImageBatch wanted, List<Long> strides, long target) {
    copies
        .get(
            new Key(wanted, Precision.of(array), strides, context.threads()),
            key -> Primitive.copy(context, found, wanted.description()))
        .at(dnnl.DNNL_ARG_FROM, Address.of(array))
        .at(dnnl.DNNL_ARG_TO, target)
        .run();
  }
}
