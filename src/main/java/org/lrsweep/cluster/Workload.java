package org.lrsweep.cluster;

/**
 * What a run asks of memory, on the driver and on each executor. The formulas are estimates, fitted
 * to the resident memory of measured runs (docs/clusters.md).
 *
 * @param parameters floats of the network's parameters, {@code >= 0}
 * @param activations floats that one example leaves in all layers, {@code >= 0}
 * @param examplesPerTask the most examples that a task has in the network at once, {@code >= 1}
 * @param imageBytes size of all images together, as they are broadcast, {@code >= 0}
 * @param tasks how many tasks are at work at the same time, if there are slots for them, {@code >=
 *     1}
 */
public record Workload(
    long parameters, long activations, int examplesPerTask, long imageBytes, int tasks) {
  private static final long FLOAT = 4;

  /** A JVM with Spark, its code and the native libraries, without heap and networks. */
  private static final long NATIVE_BASE = 440L << 20;

  /** A Spark JVM's heap without data. */
  private static final long HEAP_BASE = 256L << 20;

  /** Arrays of the size of all activations, in training: activations, gradients, scratch. */
  private static final double ACTIVATION_COPIES = 1.75;

  /** Of each trial, on the driver: as trained last, after its last epoch and after its best one. */
  private static final long STATES_OF_A_TRIAL = 3;

  /** Parameters, their gradient, up to two updater states, and copies for oneDNN. */
  private static final long PARAMETER_COPIES = 6;

  /** Parameters and up to two updater states. */
  private static final long STATE_COPIES = 3;

  /** A state on its way: as it was received, as an object, and both again for the result. */
  private static final long COPIES_ON_THE_WAY = 4;

  /** Rejects numbers below their ranges. */
  public Workload {
    if (parameters < 0 || activations < 0 || imageBytes < 0) {
      throw new IllegalArgumentException(
          "sizes must be >= 0, found "
              + parameters
              + " parameters, "
              + activations
              + " activations, "
              + imageBytes
              + " bytes of images");
    }
    if (examplesPerTask < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "examples per task and tasks must be >= 1, found " + examplesPerTask + " and " + tasks);
    }
  }

  /** How many tasks an executor with so many slots has at work. */
  int tasksOf(int slots) {
    return Math.min(slots, tasks);
  }

  /** Bytes that tasks need outside of the heap, and the JVM beside it. */
  public long offHeapBytes(int slots) {
    double activationBytes = (double) FLOAT * activations * examplesPerTask * ACTIVATION_COPIES;
    return NATIVE_BASE
        + tasksOf(slots) * ((long) activationBytes + FLOAT * PARAMETER_COPIES * parameters);
  }

  /** Bytes of an executor's heap: the images, received and as an object, and states. */
  public long executorHeapBytes(int slots) {
    return HEAP_BASE + 2 * imageBytes + tasksOf(slots) * COPIES_ON_THE_WAY * stateBytes();
  }

  /**
   * Bytes of the driver's heap: the images as read, resized and sent, and the states of trials.
   *
   * @param slots of all executors; {@link Integer#MAX_VALUE} where that is not known
   */
  public long driverHeapBytes(int slots) {
    return HEAP_BASE
        + 3 * imageBytes
        + (STATES_OF_A_TRIAL * tasksOf(slots) + COPIES_ON_THE_WAY) * stateBytes();
  }

  /**
   * The same where all workers' states come to the driver after each round: as they are received,
   * and as objects.
   */
  public long plainDriverHeapBytes(int slots) {
    return driverHeapBytes(slots) + 2L * tasksOf(slots) * stateBytes();
  }

  private long stateBytes() {
    return FLOAT * STATE_COPIES * parameters;
  }
}
