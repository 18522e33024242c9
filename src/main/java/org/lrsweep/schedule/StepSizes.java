package org.lrsweep.schedule;

/** Step sizes given in epochs. */
public final class StepSizes {

  private StepSizes() {}

  /**
   * A step size in steps: {@code epochs * floor(examples / batchSize)}, rounded to whole steps.
   * With Fashion-MNIST's 60,000 examples in batches of 64, 8 epochs are 7,496 steps. Smith advises
   * 2 to 10 epochs.
   *
   * @param epochs half a cycle, in epochs, {@code > 0}
   * @param examples the size of the training set, {@code >= batchSize}
   * @param batchSize examples in one step, over all workers together, {@code >= 1}
   * @return at least 1
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public static long ofEpochs(double epochs, long examples, int batchSize) {
    Check.positive("epochs", epochs);
    Check.atLeast("batchSize", batchSize, 1);
    Check.atLeast("examples", examples, batchSize);
    long stepsPerEpoch = examples / batchSize;
    return Math.max(1, Math.round(epochs * stepsPerEpoch));
  }
}
