package org.lrsweep.acceleration.onednn;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Native memory outside ND4J's workspaces, aligned to the vector registers, that serves activations
 * of any shape that fits.
 */
public final class Buffer {

  private static final int ALIGNMENT = 64;

  private final INDArray floats;
  private final long address;
  private final Map<View, INDArray> views = new HashMap<>();

  private record View(ImageBatch images, Axes axes) {}

  public Buffer(long capacity) {
    INDArray block =
        Nd4j.createUninitializedDetached(DataType.FLOAT, capacity + ALIGNMENT / Float.BYTES);
    long start = Math.floorMod(-Address.of(block), (long) ALIGNMENT) / Float.BYTES;
    floats = block.get(NDArrayIndex.interval(start, start + capacity));
    address = Address.of(floats);
  }

  public static Buffer zeros(long capacity) {
    Buffer buffer = new Buffer(capacity);
    buffer.floats.assign(0);
    return buffer;
  }

  long capacity() {
    return floats.length();
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
            floats
                .get(NDArrayIndex.interval(0, images.length()))
                .reshape('c', images.layout().sizes(images)),
            images.layout());
  }
}
