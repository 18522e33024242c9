package org.lrsweep.acceleration.onednn;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Native memory outside ND4J's workspaces, aligned to the vector registers, that serves activations
 * of any shape that fits.
 */
public final class Buffer {

  private static final int ALIGNMENT = 64;

  private final Precision precision;
  private final INDArray values;
  private final long address;
  private final Map<View, INDArray> views = new HashMap<>();

  private record View(ImageBatch images, Axes axes) {}

  /** Memory for a number of floats. */
  public Buffer(long capacity) {
    this(capacity, Precision.FLOAT);
  }

  /** Memory for images of this size and precision. */
  public Buffer(ImageBatch images) {
    this(images.length(), images.precision());
  }

  private Buffer(long capacity, Precision precision) {
    this.precision = precision;
    int bytes = precision.bytes();
    INDArray block =
        Nd4j.createUninitializedDetached(precision.arrays(), capacity + ALIGNMENT / bytes);
    long start = Math.floorMod(-Address.of(block), (long) ALIGNMENT) / bytes;
    values = block.get(NDArrayIndex.interval(start, start + capacity));
    address = Address.of(values);
  }

  public static Buffer zeros(long capacity) {
    Buffer buffer = new Buffer(capacity);
    buffer.values.assign(0);
    return buffer;
  }

  long capacity() {
    return values.length();
  }

  /** Whether images fit in, by their number of values and its precision. */
  boolean fits(ImageBatch images) {
    return precision == images.precision() && capacity() >= images.length();
  }

  public long address() {
    return address;
  }

  /** The start of this memory as images. */
  public INDArray as(ImageBatch images, Axes axes) {
    return views.computeIfAbsent(new View(images, axes), this::view);
  }

  private INDArray view(View view) {
    ImageBatch images = view.images();
    return view.axes()
        .name(
            values
                .get(NDArrayIndex.interval(0, images.length()))
                .reshape('c', images.sizesInMemory()),
            images.layout());
  }
}
