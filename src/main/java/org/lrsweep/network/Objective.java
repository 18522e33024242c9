package org.lrsweep.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/**
 * What a network is trained for, as its output and the loss there say, and what outputs and labels
 * have to do with each other.
 *
 * <p>Not thread-safe, since loss functions need not be.
 */
public final class Objective {
  private static final String SUPPORTED =
      Classification.SUPPORTED
          + "; for several labels LossBinaryXENT on as many sigmoid outputs; for numbers a loss of"
          + " a regression, as LossMSE, LossMAE or LossPoisson, on as many outputs";

  /** Their outputs are no predictions of numbers, nor probabilities of single labels. */
  private static final List<Class<? extends ILossFunction>> NO_REGRESSION =
      List.of(
          LossMCXENT.class,
          LossBinaryXENT.class,
          LossHinge.class,
          LossSquaredHinge.class,
          LossMultiLabel.class,
          LossFMeasure.class,
          LossCosineProximity.class,
          LossMixtureDensity.class);

  private final OutputLoss output;
  private final Task task;
  private final Optional<Classification> classification;

  private Objective(OutputLoss output, Task task, Optional<Classification> classification) {
    this.output = output;
    this.task = task;
    this.classification = classification;
  }

  /** The objective of a graph with one output; empty if its metrics would mean nothing. */
  public static Optional<Objective> of(ComputationGraphConfiguration network) {
    return OutputLoss.of(network).flatMap(Objective::of);
  }

  private static Optional<Objective> of(OutputLoss output) {
    Optional<Classification> classes = Classification.of(output);
    if (classes.isPresent()) {
      return Optional.of(new Objective(output, Task.CLASSIFICATION, classes));
    }
    boolean labels =
        output.loss() instanceof LossBinaryXENT
            && output.activation() instanceof ActivationSigmoid
            && output.outputs() > 1;
    if (labels) {
      return Optional.of(new Objective(output, Task.MULTI_LABEL, classes));
    }
    return NO_REGRESSION.stream().anyMatch(type -> type.isInstance(output.loss()))
        ? Optional.empty()
        : Optional.of(new Objective(output, Task.REGRESSION, classes));
  }

  /**
   * The objective of a graph with one output.
   *
   * @throws IllegalArgumentException if its metrics would mean nothing
   */
  public static Objective require(ComputationGraphConfiguration network) {
    return of(network)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Layer \"%s\" has %s, whose metrics would mean nothing. %s"
                        .formatted(
                            network.getNetworkOutputs().get(0),
                            OutputLoss.described(network),
                            SUPPORTED)));
  }

  /** Whether a network's labels are the numbers of classes instead of one-hot. */
  public static boolean wantsOneColumn(ComputationGraphConfiguration network) {
    return of(network)
        .flatMap(Objective::classification)
        .filter(Classification::hasOneColumn)
        .isPresent();
  }

  /** What the network is to say of an example. */
  public Task task() {
    return task;
  }

  /** The name of the output's layer. */
  public String layer() {
    return output.layer();
  }

  /** Whether the network answers every step of a sequence, instead of an example as a whole. */
  public boolean isOfEveryStep() {
    return output.everyStep();
  }

  /** How outputs and labels name classes; empty if they name none. */
  public Optional<Classification> classification() {
    return classification;
  }

  /**
   * How many classes, labels or numbers a network with so many outputs tells.
   *
   * @param outputs how many the network has
   */
  public int names(int outputs) {
    return classification.map(classes -> classes.classes(outputs)).orElse(outputs);
  }

  /**
   * Checks the shape of labels.
   *
   * @param wanted labels [examples, columns]
   * @param outputs how many the network has
   * @throws IllegalArgumentException if they are not such as the network's loss needs
   */
  public void requireShape(INDArray wanted, int outputs) {
    if (classification.isPresent()) {
      classification.get().requireShape(wanted, outputs);
    } else if (wanted.size(1) != outputs) {
      throw new IllegalArgumentException(
          "Layer \"%s\" has %s on %s outputs, so labels must be of shape [examples, %s], found %s"
              .formatted(
                  output.layer(),
                  OutputLoss.name(output.loss()),
                  outputs,
                  outputs,
                  Arrays.toString(wanted.shape())));
    }
  }

  /**
   * Whether a label holds.
   *
   * @throws IllegalArgumentException if the value is neither 0 nor 1, nor between
   */
  public boolean holds(float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Layer \"%s\" has %s, so labels must be between 0 and 1, found %s"
              .formatted(output.layer(), OutputLoss.name(output.loss()), value));
    }
    return value > 0.5;
  }

  /**
   * The network's own loss, summed over examples, without penalties.
   *
   * @param outputs the network's, [examples, outputs]
   * @param wanted labels of the shape that the network needs
   */
  public double lossSum(INDArray outputs, INDArray wanted) {
    return classification.isPresent()
        ? classification.get().lossSum(outputs, wanted)
        // Outputs are activated already.
        : output.loss().computeScore(wanted, outputs, new ActivationIdentity(), null, false);
  }
}
