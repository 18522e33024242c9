package org.lrsweep.acceleration;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole arrays from and to the heap in one copy, without ND4J's view of each value. */
final class Floats {

  private Floats() {}

  static float[] of(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array).get(values);
    return values;
  }

  static void put(INDArray array, float[] values) {
    pointer(array).put(values);
  }

  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(new Address(Address.of(array)));
  }
}
