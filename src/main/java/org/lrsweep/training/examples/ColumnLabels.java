package org.lrsweep.training.examples;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.lrsweep.network.ArgMax;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Examples whose labels are the number of their class, [count, 1], as a network with a sparse loss
 * or with one sigmoid output for two classes needs them; made of such with one-hot labels.
 * Thread-safe, as those are.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ColumnLabels implements WorkerExamples {
  private static final long serialVersionUID = 1L;

  private final WorkerExamples oneHot;

  /**
   * @param oneHot the same examples with labels [count, classes]
   */
  public ColumnLabels(WorkerExamples oneHot) {
    this.oneHot = oneHot;
  }

  @Override
  public int size() {
    return oneHot.size();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    DataSet batch = oneHot.minibatch(epoch, from, count);
    float[][] rows = FlatArrays.rows(batch.getLabels());
    float[] classes = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      classes[i] = ArgMax.of(rows[i]);
    }
    return Minibatches.withLabels(batch, classes);
  }
}
