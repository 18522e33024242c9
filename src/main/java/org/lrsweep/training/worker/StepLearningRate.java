package org.lrsweep.training.worker;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of the step that a replica is about to train, or a multiple of it. It is a
 * schedule only so that no updater has to be rebuilt when the rate changes, as {@code
 * setLearningRate} does at each call.
 *
 * <p>Not thread-safe: it belongs to one replica.
 */
final class StepLearningRate implements ISchedule {
  private final Current current;
  private final double ratio;

  private static final class Current {
    private double value = Double.NaN;
  }

  StepLearningRate() {
    this(new Current(), 1);
  }

  private StepLearningRate(Current current, double ratio) {
    this.current = current;
    this.ratio = ratio;
  }

  /** A multiple of this one, which follows it. */
  StepLearningRate times(double factor) {
    return new StepLearningRate(current, ratio * factor);
  }

  void set(double learningRate) {
    current.value = learningRate;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return current.value * ratio;
  }

  /** The same object: each layer's copy of the updater has to follow one rate. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public ISchedule clone() {
    return this;
  }

  /** DL4J updates neighbouring layers in one go where their updaters are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StepLearningRate that
        && current == that.current
        && Double.compare(ratio, that.ratio) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(current) + Double.hashCode(ratio);
  }
}
