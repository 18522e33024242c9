package org.lrsweep.training.examples;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** One example on the heap. */
@DefaultSerializer(JavaSerializer.class)
public final class Example implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Dimensions of a data set's labels: [examples, columns]. */
  private static final int MATRIX = 2;

  private final ExampleArray features;
  private final ExampleArray labels;

  private Example(ExampleArray features, ExampleArray labels) {
    this.features = features;
    this.labels = labels;
  }

  ExampleArray features() {
    return features;
  }

  ExampleArray labels() {
    return labels;
  }

  /**
   * The examples of a data set, in its order.
   *
   * @param batch of any size, also none
   * @param wanted what a network's labels must be
   * @throws IllegalArgumentException as {@link #split}, or if labels are others
   */
  public static List<Example> of(DataSet batch, WantedLabels wanted) {
    List<Example> examples = split(batch);
    examples.forEach(example -> wanted.require(example.labels));
    return examples;
  }

  /**
   * The examples of a data set, in its order, whatever their labels mean. Where labels of sequences
   * have no mask, that of the features counts for them too, as in Deeplearning4j.
   *
   * @param batch of any size, also none
   * @throws IllegalArgumentException if features and labels differ in number, labels are neither
   *     [examples, columns] nor [examples, columns, steps], or a mask is not [examples, steps] of 0
   *     and 1
   */
  public static List<Example> split(DataSet batch) {
    INDArray labels = batch.getLabels();
    if (labels == null || (labels.rank() != MATRIX && labels.rank() != MATRIX + 1)) {
      throw new IllegalArgumentException(
          "Labels must be of shape [examples, columns] or, of sequences, [examples, columns,"
              + " steps], found "
              + (labels == null ? "none" : Arrays.toString(labels.shape())));
    }
    List<ExampleArray> features =
        ExampleArray.split("features", batch.getFeatures(), batch.getFeaturesMaskArray());
    List<ExampleArray> targets = ExampleArray.split("labels", labels, batch.getLabelsMaskArray());
    if (features.size() != targets.size()) {
      throw new IllegalArgumentException(
          "Features and labels must be of as many examples, found %s and %s"
              .formatted(features.size(), targets.size()));
    }
    List<Example> examples = new ArrayList<>(features.size());
    for (int i = 0; i < features.size(); i++) {
      examples.add(new Example(features.get(i), underMaskOf(features.get(i), targets.get(i))));
    }
    return examples;
  }

  private static ExampleArray underMaskOf(ExampleArray features, ExampleArray labels) {
    if (!labels.isSequence() || labels.mask().length > 0 || features.mask().length == 0) {
      return labels;
    }
    if (labels.steps() != features.steps()) {
      throw new IllegalArgumentException(
          "Labels of %s steps need a mask of their own, since their features have one of %s steps"
              .formatted(labels.steps(), features.steps()));
    }
    return labels.masked(features.mask());
  }
}
