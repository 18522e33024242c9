package org.lrsweep.training.examples;

import java.io.Serializable;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The examples of one worker, kept on its executor for the whole run.
 *
 * <p>A minibatch is a pure function of its arguments, so that a repeated task trains on the same
 * bits. Implementations are thread-safe: a speculative copy of a task may use the same object.
 */
public interface WorkerExamples extends Serializable {

  /** How many examples this worker has. */
  int size();

  /**
   * Some examples in the order of an epoch.
   *
   * @param epoch pass over the examples, 0-based
   * @param from position of the first in the epoch's order, {@code 0 <= from}
   * @param count how many, {@code from + count <= size()}
   * @return features [count, ...] and labels [count, columns], in memory of their own, which the
   *     caller may overwrite after use
   */
  DataSet minibatch(int epoch, int from, int count);
}
