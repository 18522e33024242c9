package org.lrsweep.acceleration.onednn;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A native address as the pointer that oneDNN's bindings ask for; it owns nothing. */
public final class Address extends Pointer {

  public Address(long address) {
    super((Pointer) null);
    this.address = address;
  }

  /** Where the first element of an array lies; right for views too. */
  public static long of(INDArray array) {
    int bytes = Precision.of(array).bytes();
    return array.data().pointer().address() + array.offset() * bytes;
  }
}
