package org.lrsweep.training.examples;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Examples joined to a minibatch. Sequences of several lengths become as long as the longest of
 * them: zeros, under a mask, follow what is shorter.
 */
final class ExampleBatch {
  private final String what;
  private final List<ExampleArray> arrays;
  private final ExampleArray first;
  private final int longest;

  private ExampleBatch(String what, List<ExampleArray> arrays) {
    this.what = what;
    this.arrays = arrays;
    first = arrays.get(0);
    longest =
        first.isSequence() ? arrays.stream().mapToInt(ExampleArray::steps).max().orElse(0) : 0;
  }

  /**
   * The examples in their order.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if their shapes differ in more than the lengths of sequences
   */
  static DataSet of(List<Example> examples) {
    ExampleBatch features =
        new ExampleBatch("features", examples.stream().map(Example::features).toList());
    ExampleBatch labels =
        new ExampleBatch("labels", examples.stream().map(Example::labels).toList());
    return new DataSet(features.values(), labels.values(), features.mask(), labels.mask());
  }

  private INDArray values() {
    long[] shape = new long[first.shape().length + 1];
    shape[0] = arrays.size();
    System.arraycopy(first.shape(), 0, shape, 1, first.shape().length);
    if (first.isSequence()) {
      shape[2] = longest;
    }
    int width = Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
    float[] joined = new float[arrays.size() * width];
    for (int i = 0; i < arrays.size(); i++) {
      ExampleArray array = arrays.get(i);
      requireLike(array);
      if (array.values().length == width) {
        System.arraycopy(array.values(), 0, joined, i * width, width);
      } else {
        int steps = array.steps();
        for (int column = 0; column < first.shape()[0]; column++) {
          System.arraycopy(
              array.values(), column * steps, joined, i * width + column * longest, steps);
        }
      }
    }
    return Minibatches.array(joined, shape);
  }

  private void requireLike(ExampleArray array) {
    boolean alike =
        first.isSequence()
            ? array.isSequence() && array.shape()[0] == first.shape()[0]
            : Arrays.equals(array.shape(), first.shape());
    if (!alike) {
      throw new IllegalArgumentException(
          "Examples must have %s of one shape, or sequences of as many columns, found %s and %s"
              .formatted(what, Arrays.toString(first.shape()), Arrays.toString(array.shape())));
    }
  }

  /** [examples, steps]; null if all steps count. */
  private INDArray mask() {
    boolean isMasked =
        first.isSequence()
            && arrays.stream()
                .anyMatch(array -> array.mask().length > 0 || array.steps() < longest);
    if (!isMasked) {
      return null;
    }
    float[] mask = new float[arrays.size() * longest];
    for (int i = 0; i < arrays.size(); i++) {
      for (int step = 0; step < arrays.get(i).steps(); step++) {
        mask[i * longest + step] = arrays.get(i).counts(step) ? 1 : 0;
      }
    }
    return Minibatches.array(mask, arrays.size(), longest);
  }
}
