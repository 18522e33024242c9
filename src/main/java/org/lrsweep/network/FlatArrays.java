package org.lrsweep.network;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole-array copies between DL4J's flattened float arrays and the heap, one memcpy each. */
public final class FlatArrays {
  private FlatArrays() {}

  /** A copy of {@code array}'s values; empty for null, which DL4J uses for "no state". */
  public static float[] copy(INDArray array) {
    if (array == null) {
      return new float[0];
    }
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array).get(values);
    return values;
  }

  /** The rows of a matrix; DL4J's own {@code toFloatMatrix} makes an array object for each. */
  public static float[][] rows(INDArray matrix) {
    float[] values = copy(matrix.dup('c'));
    int columns = matrix.columns();
    float[][] rows = new float[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  public static void assign(INDArray array, float[] values, String what) {
    long length = array == null ? 0 : array.length();
    if (length != values.length) {
      throw new IllegalArgumentException(
          "This network has " + length + " values of " + what + ", the state " + values.length);
    }
    if (length > 0) {
      pointer(array).put(values);
    }
  }

  /** How many bytes an array's values are; 0 for null. */
  public static int bytes(INDArray array) {
    return array == null ? 0 : Math.toIntExact(array.length() * Float.BYTES);
  }

  /** Copies {@code array}'s values, in the machine's byte order. */
  public static void copy(INDArray array, byte[] target, int offset) {
    if (bytes(array) > 0) {
      new BytePointer(pointer(array)).get(target, offset, bytes(array));
    }
  }

  /** Overwrites {@code array} with as many bytes, in the machine's byte order. */
  public static void assign(INDArray array, ByteBuffer values) {
    if (bytes(array) > 0) {
      new BytePointer(pointer(array))
          .put(values.array(), values.arrayOffset() + values.position(), bytes(array));
    }
  }

  /** {@code array}'s memory itself, which must outlive the buffer. */
  public static ByteBuffer memory(INDArray array) {
    FloatPointer pointer = pointer(array);
    return pointer.limit(pointer.position() + array.length()).asByteBuffer();
  }

  /** Frees the parameters and the updater state of a network that nobody will use any more. */
  static void free(ComputationGraph network) {
    network.params().close();
    INDArray updaterState = network.getUpdater().getStateViewArray();
    if (updaterState != null) {
      updaterState.close();
    }
  }

  /** Where {@code array}'s values begin. */
  public static FloatPointer pointer(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Only networks of data type FLOAT are trained in rounds, found " + array.dataType());
    }
    return new FloatPointer(array.data().pointer()).position(array.offset());
  }
}
