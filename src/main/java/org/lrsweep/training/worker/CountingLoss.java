package org.lrsweep.training.worker;

import java.util.Optional;
import org.lrsweep.network.Classification;
import org.lrsweep.network.FlatArrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A replica's loss function that also counts right answers: a training step shows the network's
 * outputs to nobody else, and a second forward pass would cost a third of a step.
 *
 * <p>Not thread-safe: it belongs to one replica.
 */
final class CountingLoss implements ILossFunction {
  private final ILossFunction loss;
  private final transient Optional<Classification> classification;
  private transient int correct;

  /**
   * @param loss the network's own
   * @param classification what answers are; empty if there are none to count
   */
  CountingLoss(ILossFunction loss, Optional<Classification> classification) {
    this.loss = loss;
    this.classification = classification;
  }

  /** Right answers since the last call. */
  int takeCorrect() {
    int taken = correct;
    correct = 0;
    return taken;
  }

  private void count(INDArray labels, INDArray preOutput) {
    classification.ifPresent(answers -> count(answers, labels, preOutput));
  }

  private void count(Classification answers, INDArray labels, INDArray preOutput) {
    float[][] sums = FlatArrays.rows(preOutput);
    float[][] wanted = FlatArrays.rows(labels);
    int width = preOutput.columns();
    answers.requireShape(labels, width);
    for (int i = 0; i < sums.length; i++) {
      if (answers.predictedBySums(sums[i]) == answers.actual(wanted[i], width)) {
        correct++;
      }
    }
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    count(labels, preOutput);
    return loss.computeGradient(labels, preOutput, activation, mask);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    count(labels, preOutput);
    return loss.computeGradientAndScore(labels, preOutput, activation, mask, average);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, preOutput, activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, mask);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
