package org.lrsweep.acceleration.onednn;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The OpenMP team of the calling thread, which oneDNN's kernels run on, and OpenBLAS's threads. */
public final class Threads {

  /** OpenBLAS's number as set last, 0 before the first time. */
  private static int ofOpenBlas;

  private Threads() {}

  public static void use(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("threads must be >= 1, found " + number);
    }
    // Both load libraries, here and under their classes' locks, so that no other task does
    // meanwhile.
    OneDnn.isAvailable();
    // ND4J and oneDNN share one libgomp; the number belongs to the thread that sets it.
    Nd4j.getBackend();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(number);
    useInOpenBlas(number);
  }

  /**
   * OpenBLAS has threads of its own, for stock layers; their number is the process's.
   *
   * <p>It is set only if it changes: JavaCPP looks OpenBLAS's function up each time by
   * dl_iterate_phdr and calls dlclose from within, so takes glibc's two locks of the loader in the
   * other order than dlopen does. A thread that loads a library at that moment stops the JVM for
   * good.
   */
  private static synchronized void useInOpenBlas(int number) {
    if (number != ofOpenBlas) {
      Nd4j.factory().blas().setMaxThreads(number);
      ofOpenBlas = number;
    }
  }

  public static int inForce() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }
}
