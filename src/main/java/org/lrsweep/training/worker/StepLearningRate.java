package org.lrsweep.training.worker;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of the step that a replica is about to train. It is a schedule only so that no
 * updater has to be rebuilt when the rate changes, as {@code setLearningRate} does at each call.
 *
 * <p>Not thread-safe: it belongs to one replica.
 */
final class StepLearningRate implements ISchedule {
  private double value = Double.NaN;

  void set(double learningRate) {
    value = learningRate;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return value;
  }

  /** The same object: each layer's copy of the updater has to follow one rate. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public ISchedule clone() {
    return this;
  }
}
