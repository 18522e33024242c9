package org.lrsweep.training.examples;

import java.util.Arrays;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Minibatches from arrays on the heap. */
public final class Minibatches {
  private Minibatches() {}

  /**
   * Copies features and labels into native memory, each in one go: {@code Nd4j.create} fills it
   * with zeros first and then element by element, a tenth of a small network's step.
   *
   * @param features in the order of {@code shape}, the last index fastest
   * @param shape of the features; the first is the number of examples
   * @param labels [examples, columns]
   * @param classes how many columns, {@code >= 1}
   * @throws IllegalArgumentException if an array is not as long as its shape says
   */
  public static DataSet of(float[] features, long[] shape, float[] labels, int classes) {
    return new DataSet(array(features, shape), array(labels, shape[0], classes));
  }

  /**
   * A batch with other labels, one for each example; the memory of those that it had is given back.
   *
   * @param labels [examples]
   */
  static DataSet withLabels(DataSet batch, float[] labels) {
    BatchMemory.ofThisThread().giveBack(batch.getLabels());
    return new DataSet(
        batch.getFeatures(),
        array(labels, labels.length, 1),
        batch.getFeaturesMaskArray(),
        batch.getLabelsMaskArray());
  }

  /**
   * A batch of sequences of several lengths.
   *
   * @param batch features [examples, channels, steps], labels one a sequence
   * @param mask [examples, steps], 1 for steps that a sequence has, 0 for those beyond its end
   */
  public static DataSet masked(DataSet batch, float[] mask, int steps) {
    return new DataSet(
        batch.getFeatures(),
        batch.getLabels(),
        array(mask, batch.getFeatures().size(0), steps),
        null);
  }

  /** Lets the calling thread's next batches have this one's memory. */
  public static void giveBack(DataSet batch) {
    BatchMemory memory = BatchMemory.ofThisThread();
    memory.giveBack(batch.getFeatures());
    memory.giveBack(batch.getLabels());
  }

  /** Values in memory of their own, in the order of their shape, the last index fastest. */
  static INDArray array(float[] values, long... shape) {
    INDArray array = BatchMemory.ofThisThread().take(shape);
    if (array.length() != values.length) {
      throw new IllegalArgumentException(
          "An array of shape %s has %s values, found %s"
              .formatted(Arrays.toString(shape), array.length(), values.length));
    }
    FlatArrays.pointer(array).put(values);
    return array;
  }
}
