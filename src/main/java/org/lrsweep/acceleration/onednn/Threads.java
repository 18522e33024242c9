package org.lrsweep.acceleration.onednn;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The OpenMP team of the calling thread, which oneDNN's kernels run on, and OpenBLAS's threads. */
public final class Threads {

  private Threads() {}

  public static void use(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("threads must be >= 1, found " + number);
    }
    // ND4J and oneDNN share one libgomp; the number belongs to the thread that sets it.
    Nd4j.getBackend();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(number);
    // OpenBLAS has threads of its own, for stock layers; their number is the process's.
    Nd4j.factory().blas().setMaxThreads(number);
  }

  public static int inForce() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }
}
