package org.lrsweep.network;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The way in which a network's outputs and labels name classes: what makes its accuracy and its
 * confusion matrix mean something.
 *
 * <p>Not thread-safe, since loss functions need not be.
 */
public final class Classification {
  /** Keras' clip of a probability before its logarithm is taken. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  static final String SUPPORTED =
      "Supported are LossMCXENT and LossNegativeLogLikelihood on two outputs or more with labels"
          + " [examples, classes], LossSparseMCXENT with class numbers [examples, 1], and"
          + " LossBinaryXENT on one sigmoid output with labels [examples, 1] of 0 and 1";

  private final String layer;
  private final ILossFunction loss;
  private final Labels labels;

  private enum Labels {
    /** A probability of each class, mostly one-hot; the largest is the example's class. */
    ONE_HOT,
    /** The number of the class. */
    NUMBER,
    /** The probability of the second of two classes. */
    YES_OR_NO
  }

  private Classification(String layer, ILossFunction loss, Labels labels) {
    this.layer = layer;
    this.loss = loss;
    this.labels = labels;
  }

  /** The classification that an output makes; empty if it makes none. */
  static Optional<Classification> of(OutputLoss output) {
    ILossFunction loss = output.loss();
    if (loss instanceof LossMCXENT && output.outputs() != 1) {
      Labels labels = loss instanceof LossSparseMCXENT ? Labels.NUMBER : Labels.ONE_HOT;
      return Optional.of(new Classification(output.layer(), loss, labels));
    }
    if (loss instanceof LossBinaryXENT
        && output.activation() instanceof ActivationSigmoid
        && output.outputs() <= 1) {
      return Optional.of(new Classification(output.layer(), loss, Labels.YES_OR_NO));
    }
    return Optional.empty();
  }

  /** Whether labels are one column, with the number of the class, instead of one-hot. */
  boolean hasOneColumn() {
    return labels != Labels.ONE_HOT;
  }

  /** How many classes a network with so many outputs tells from each other. */
  public int classes(int outputs) {
    return labels == Labels.YES_OR_NO ? 2 : outputs;
  }

  /**
   * Checks the shape of labels.
   *
   * @param wanted labels
   * @param outputs how many the network has
   * @throws IllegalArgumentException if they are not such as the network's loss needs
   */
  public void requireShape(INDArray wanted, int outputs) {
    int columns = labels == Labels.ONE_HOT ? outputs : 1;
    if (wanted.size(1) != columns || (labels == Labels.YES_OR_NO && outputs != 1)) {
      throw new IllegalArgumentException(
          "Layer \"%s\" has %s on %s outputs, so labels must be of shape [examples, %s], found %s%s"
              .formatted(
                  layer,
                  OutputLoss.name(loss),
                  outputs,
                  columns,
                  Arrays.toString(wanted.shape()),
                  columns == outputs || labels == Labels.NUMBER ? "" : ". " + SUPPORTED));
    }
  }

  /**
   * The class that a row of labels names.
   *
   * @param outputs how many the network has
   * @throws IllegalArgumentException if it names none
   */
  public int actual(float[] row, int outputs) {
    if (labels == Labels.ONE_HOT) {
      return ArgMax.of(row);
    }
    float value = row[0];
    if (labels == Labels.YES_OR_NO) {
      require(value >= 0 && value <= 1, "between 0 and 1", value);
      return value > 0.5 ? 1 : 0;
    }
    require(
        value >= 0 && value < outputs && value == (int) value,
        "numbers of classes, from 0 to " + (outputs - 1),
        value);
    return (int) value;
  }

  private void require(boolean right, String expected, float found) {
    if (!right) {
      throw new IllegalArgumentException(
          "Layer \"%s\" has %s, so labels must be %s, found %s"
              .formatted(layer, OutputLoss.name(loss), expected, found));
    }
  }

  /** The class that a row of outputs names. */
  public int predicted(float[] outputs) {
    return labels == Labels.YES_OR_NO ? (outputs[0] > 0.5 ? 1 : 0) : ArgMax.of(outputs);
  }

  /** The class that a row of sums names, what the activation makes outputs of. */
  public int predictedBySums(float[] sums) {
    return labels == Labels.YES_OR_NO ? (sums[0] > 0 ? 1 : 0) : ArgMax.of(sums);
  }

  /**
   * The network's own loss, summed over examples, without penalties. Of cross-entropies over
   * several classes the logarithm's argument is clipped as Keras does, at 1e-7.
   *
   * @param outputs the network's, [examples, outputs]
   * @param wanted labels of the shape that the network needs
   */
  public double lossSum(INDArray outputs, INDArray wanted) {
    if (loss instanceof LossMCXENT crossEntropy) {
      return crossEntropies(crossEntropy, outputs, wanted);
    }
    // Outputs are activated already.
    return loss.computeScore(wanted, outputs, new ActivationIdentity(), null, false);
  }

  private double crossEntropies(LossMCXENT crossEntropy, INDArray outputs, INDArray wanted) {
    float[] weights = FlatArrays.copy(crossEntropy.getWeights());
    float[][] probabilities = FlatArrays.rows(outputs);
    float[][] rows = FlatArrays.rows(wanted);
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      for (int k = 0; k < probabilities[i].length; k++) {
        double share =
            labels == Labels.ONE_HOT ? row[k] : k == actual(row, probabilities[i].length) ? 1 : 0;
        if (share != 0) {
          double weight = weights.length == 0 ? share : share * weights[k];
          sum -= weight * Math.log(Math.max(probabilities[i][k], SMALLEST_PROBABILITY));
        }
      }
    }
    return sum;
  }
}
