package org.lrsweep.acceleration.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.lrsweep.acceleration.onednn.Address;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Floats from and to the heap in one copy, without ND4J's view of each value. */
public final class Floats {

  private Floats() {}

  public static float[] of(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    at(Address.of(array)).get(values);
    return values;
  }

  public static void put(INDArray array, float[] values) {
    at(Address.of(array)).put(values);
  }

  /** The memory at a native address; it owns nothing. */
  public static FloatPointer at(long address) {
    return new FloatPointer(new Address(address));
  }
}
