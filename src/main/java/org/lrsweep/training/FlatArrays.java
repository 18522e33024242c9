package org.lrsweep.training;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole-array copies between DL4J's flattened float arrays and the heap, one memcpy each. */
final class FlatArrays {
  private FlatArrays() {}

  /** A copy of {@code array}'s values; empty for null, which DL4J uses for "no state". */
  static float[] copy(INDArray array) {
    if (array == null) {
      return new float[0];
    }
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array).get(values);
    return values;
  }

  static void assign(INDArray array, float[] values, String what) {
    long length = array == null ? 0 : array.length();
    if (length != values.length) {
      throw new IllegalArgumentException(
          "This network has " + length + " values of " + what + ", the state " + values.length);
    }
    if (length > 0) {
      pointer(array).put(values);
    }
  }

  private static FloatPointer pointer(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Only networks of data type FLOAT are trained in rounds, found " + array.dataType());
    }
    return new FloatPointer(array.data().pointer()).position(array.offset());
  }
}
