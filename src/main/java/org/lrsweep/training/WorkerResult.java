package org.lrsweep.training;

import java.io.Serializable;

/**
 * What one worker of a round sends back.
 *
 * @param state its replica's state after the round's last step
 * @param losses one a step trained, mean over this worker's examples
 * @param correct one a step: examples classified rightly
 * @param examples one a step: examples trained on
 * @param trainingNanos how long the steps themselves took
 */
@SuppressWarnings("ArrayRecordComponent") // travels once from executor to driver
record WorkerResult(
    TrainingState state, double[] losses, int[] correct, int[] examples, long trainingNanos)
    implements Serializable {

  long totalExamples() {
    long total = 0;
    for (int count : examples) {
      total += count;
    }
    return total;
  }
}
