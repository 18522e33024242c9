package org.lrsweep.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * One example on the heap.
 *
 * @param features the last index fastest
 * @param shape of the features
 * @param labels one a class, or one number
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record Example(float[] features, long[] shape, float[] labels) implements Serializable {

  private static final double ROUNDING_OF_PROBABILITIES = 1e-3;

  /**
   * The examples of a data set of classes, in its order.
   *
   * @param batch of any size, also none
   * @throws IllegalArgumentException as {@link #split}, or if labels name no class
   */
  public static List<Example> ofClasses(DataSet batch) {
    List<Example> examples = split(batch);
    examples.forEach(Example::requireClass);
    return examples;
  }

  /**
   * The examples of a data set, in its order, whatever their labels mean.
   *
   * @param batch of any size, also none
   * @throws IllegalArgumentException if labels aren't [examples, columns], or there is a mask
   */
  public static List<Example> split(DataSet batch) {
    INDArray labels = batch.getLabels();
    if (labels == null || labels.rank() != 2) {
      throw new IllegalArgumentException(
          "Labels must be of shape [examples, classes] or [examples, 1], found "
              + (labels == null ? "none" : Arrays.toString(labels.shape())));
    }
    if (batch.getFeaturesMaskArray() != null || batch.getLabelsMaskArray() != null) {
      throw new IllegalArgumentException("Examples with masks can't be trained on in rounds");
    }
    float[] features = FlatArrays.copy(batch.getFeatures().castTo(DataType.FLOAT).dup('c'));
    float[] wanted = FlatArrays.copy(labels.castTo(DataType.FLOAT).dup('c'));
    long[] shape = batch.getFeatures().shape();
    long[] own = Arrays.copyOfRange(shape, 1, shape.length);
    int count = (int) shape[0];
    int width = count == 0 ? 0 : features.length / count;
    int classes = (int) labels.size(1);
    List<Example> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      examples.add(
          new Example(
              Arrays.copyOfRange(features, i * width, (i + 1) * width),
              own,
              Arrays.copyOfRange(wanted, i * classes, (i + 1) * classes)));
    }
    return examples;
  }

  private void requireClass() {
    double sum = 0;
    boolean probabilities = true;
    for (float value : labels) {
      sum += value;
      probabilities &= value >= 0;
    }
    boolean right =
        labels.length == 1
            ? Double.isFinite(sum)
            : probabilities && Math.abs(sum - 1) <= ROUNDING_OF_PROBABILITIES;
    if (!right) {
      throw new IllegalArgumentException(
          "An example's labels must be one-hot, or probabilities of classes that sum to 1, or one"
              + " number; found "
              + Arrays.toString(labels));
    }
  }
}
