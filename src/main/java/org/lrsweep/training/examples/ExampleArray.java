package org.lrsweep.training.examples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The features or the labels of one example.
 *
 * @param values the last index fastest
 * @param shape of the values; of a sequence [columns, steps]
 * @param mask of a sequence, 1 for each step that counts and 0 for the others; empty if all count
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record ExampleArray(float[] values, long[] shape, float[] mask) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Dimensions of one sequence. */
  static final int SEQUENCE = 2;

  private static final float[] ALL_COUNT = {};

  /**
   * The arrays of all examples of a data set.
   *
   * @param what it is, as messages call it
   * @param all of shape [examples, ...]
   * @param mask of shape [examples, steps], of 0 and 1; null if all steps count
   * @throws IllegalArgumentException if the mask is another one
   */
  static List<ExampleArray> split(String what, INDArray all, INDArray mask) {
    float[] values = FlatArrays.copy(all.castTo(DataType.FLOAT).dup('c'));
    long[] shape = Arrays.copyOfRange(all.shape(), 1, all.rank());
    int count = (int) all.size(0);
    int width = count == 0 ? 0 : values.length / count;
    float[] masks = mask == null ? ALL_COUNT : masks(what, all, mask);
    int steps = mask == null ? 0 : (int) mask.size(1);
    List<ExampleArray> arrays = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      arrays.add(
          new ExampleArray(
              Arrays.copyOfRange(values, i * width, (i + 1) * width),
              shape,
              mask == null ? ALL_COUNT : Arrays.copyOfRange(masks, i * steps, (i + 1) * steps)));
    }
    return arrays;
  }

  private static float[] masks(String what, INDArray all, INDArray mask) {
    boolean fits =
        all.rank() == SEQUENCE + 1
            && mask.rank() == 2
            && mask.size(0) == all.size(0)
            && mask.size(1) == all.size(2);
    if (!fits) {
      throw new IllegalArgumentException(
          "A mask must be of shape [examples, steps], of %s [examples, columns, steps]; found a mask %s of %s %s"
              .formatted(what, Arrays.toString(mask.shape()), what, Arrays.toString(all.shape())));
    }
    float[] values = FlatArrays.copy(mask.castTo(DataType.FLOAT).dup('c'));
    for (float value : values) {
      if (value != 0 && value != 1) {
        throw new IllegalArgumentException(
            "A mask of %s must be of 0 and 1, found %s".formatted(what, value));
      }
    }
    return values;
  }

  boolean isSequence() {
    return shape.length == SEQUENCE;
  }

  /** How many steps a sequence has, those under a mask included. */
  int steps() {
    return (int) shape[1];
  }

  /** The same under a mask of as many steps. */
  ExampleArray masked(float[] by) {
    return new ExampleArray(values, shape, by);
  }

  /** Whether a step of a sequence counts. */
  boolean counts(int step) {
    return mask.length == 0 || mask[step] != 0;
  }

  /** The columns of what is no sequence, or of each step of one that counts. */
  List<float[]> rows() {
    if (!isSequence()) {
      return List.of(values);
    }
    List<float[]> rows = new ArrayList<>();
    for (int step = 0; step < steps(); step++) {
      if (counts(step)) {
        float[] row = new float[(int) shape[0]];
        for (int column = 0; column < row.length; column++) {
          row[column] = values[column * steps() + step];
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
