package org.lrsweep.bench.training;

import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker's examples that are one batch over and over: what is measured is not how examples are
 * made.
 *
 * @param batch the batch
 * @param batches how many there are, {@code >= 1}
 */
public record RepeatedBatch(WorkerExamples batch, int batches) implements WorkerExamples {

  /** Random examples for a network. */
  public static RepeatedBatch random(BenchNetwork network, int examples, int batches) {
    return new RepeatedBatch(RandomBatch.of(network, examples, 0), batches);
  }

  @Override
  public int size() {
    return Math.multiplyExact(batch.size(), batches);
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    return batch.minibatch(epoch, 0, batch.size());
  }
}
