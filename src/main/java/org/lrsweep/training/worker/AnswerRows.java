package org.lrsweep.training.worker;

import java.util.Arrays;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Outputs and labels with one row an answer: of sequences, one for each step that counts. */
final class AnswerRows {
  private static final int SEQUENCES = 3;

  private AnswerRows() {}

  /**
   * The rows of an array.
   *
   * @param values [examples, columns], or [examples, columns, steps], one by one
   * @param mask [examples, steps], 0 for steps that don't count; null if all do
   */
  static INDArray of(INDArray values, INDArray mask) {
    if (values.rank() != SEQUENCES) {
      return values;
    }
    long columns = values.size(1);
    INDArray steps = values.permute(0, 2, 1).dup('c').reshape('c', -1, columns);
    if (mask == null) {
      return steps;
    }
    float[] counted = FlatArrays.copy(mask.dup('c'));
    float[][] all = FlatArrays.rows(steps);
    float[][] kept = new float[all.length][];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (counted[i] != 0) {
        kept[count++] = all[i];
      }
    }
    return count == 0 ? Nd4j.empty() : Nd4j.create(Arrays.copyOf(kept, count));
  }
}
