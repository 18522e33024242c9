package org.lrsweep.acceleration;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Floats from and to the heap in one copy, without ND4J's view of each value. */
final class Floats {

  private Floats() {}

  static float[] of(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    at(Address.of(array)).get(values);
    return values;
  }

  static void put(INDArray array, float[] values) {
    at(Address.of(array)).put(values);
  }

  /** The memory at a native address; it owns nothing. */
  static FloatPointer at(long address) {
    return new FloatPointer(new Address(address));
  }
}
