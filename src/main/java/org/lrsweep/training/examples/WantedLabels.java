package org.lrsweep.training.examples;

import java.io.Serializable;
import java.util.Arrays;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Objective;
import org.lrsweep.network.Task;

/**
 * What the labels of a network's examples must be.
 *
 * @param layer the network's output
 * @param task what the network is to say
 * @param everyStep whether it says it of every step of a sequence
 */
public record WantedLabels(String layer, Task task, boolean everyStep) implements Serializable {
  private static final double ROUNDING_OF_PROBABILITIES = 1e-3;

  /** What a network needs. */
  public static WantedLabels of(GivenNetwork network) {
    Objective objective = Objective.require(network.spec().configuration());
    return new WantedLabels(objective.layer(), objective.task(), objective.isOfEveryStep());
  }

  /**
   * Checks the labels of an example; what a mask leaves out may be anything.
   *
   * @throws IllegalArgumentException if they are not such as the network needs
   */
  void require(ExampleArray labels) {
    if (labels.isSequence() != everyStep) {
      throw new IllegalArgumentException(
          "Layer \"%s\" answers %s, so labels must be of shape %s, found one example's %s"
              .formatted(
                  layer,
                  everyStep ? "every step of a sequence" : "an example as a whole",
                  everyStep ? "[examples, columns, steps]" : "[examples, columns]",
                  Arrays.toString(labels.shape())));
    }
    labels.rows().forEach(this::requireRow);
  }

  private void requireRow(float[] row) {
    String expected =
        switch (task) {
          case CLASSIFICATION ->
              namesClass(row)
                  ? ""
                  : "one-hot, or probabilities of classes that sum to 1, or one number";
          case MULTI_LABEL -> areFractions(row) ? "" : "between 0 and 1, one for each label";
          case REGRESSION -> areFinite(row) ? "" : "finite numbers";
        };
    if (!expected.isEmpty()) {
      throw new IllegalArgumentException(
          "An example's labels must be " + expected + "; found " + Arrays.toString(row));
    }
  }

  private static boolean namesClass(float[] row) {
    if (row.length == 1) {
      return areFinite(row);
    }
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    return areFractions(row) && Math.abs(sum - 1) <= ROUNDING_OF_PROBABILITIES;
  }

  private static boolean areFractions(float[] row) {
    boolean all = true;
    for (float value : row) {
      all &= value >= 0 && value <= 1 + ROUNDING_OF_PROBABILITIES;
    }
    return all;
  }

  private static boolean areFinite(float[] row) {
    boolean all = true;
    for (float value : row) {
      all &= Float.isFinite(value);
    }
    return all;
  }
}
