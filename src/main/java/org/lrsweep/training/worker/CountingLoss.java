package org.lrsweep.training.worker;

import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.lrsweep.network.Classification;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.Objective;
import org.lrsweep.network.Task;
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
  private final transient Optional<Objective> objective;
  private transient int correct;
  private transient int answers;

  /**
   * @param loss the network's own
   * @param objective what answers are; empty if there are none to count
   */
  CountingLoss(ILossFunction loss, Optional<Objective> objective) {
    this.loss = loss;
    this.objective = objective;
  }

  /**
   * Puts one in the place of the loss function of a network's output.
   *
   * @throws IllegalArgumentException if its output has none
   */
  static CountingLoss in(ComputationGraphConfiguration network, Optional<Objective> objective) {
    String output = network.getNetworkOutputs().get(0);
    Layer layer =
        network.getVertices().get(output) instanceof LayerVertex vertex
            ? vertex.getLayerConf().getLayer()
            : null;
    if (layer instanceof BaseOutputLayer with) {
      return put(with.getLossFn(), objective, with::setLossFn);
    }
    if (layer instanceof RnnLossLayer with) {
      return put(with.getLossFn(), objective, with::setLossFn);
    }
    if (layer instanceof LossLayer with) {
      return put(with.getLossFn(), objective, with::setLossFn);
    }
    throw new IllegalArgumentException("The network's output must be a layer with a loss");
  }

  private static CountingLoss put(
      ILossFunction loss, Optional<Objective> objective, Consumer<ILossFunction> setter) {
    CountingLoss counting = new CountingLoss(loss, objective);
    setter.accept(counting);
    return counting;
  }

  /** Right answers since the last call. */
  int takeCorrect() {
    int taken = correct;
    correct = 0;
    return taken;
  }

  /** Answers that can be right or wrong, since the last call. */
  int takeAnswers() {
    int taken = answers;
    answers = 0;
    return taken;
  }

  private void count(INDArray labels, INDArray sums, INDArray mask) {
    objective.ifPresent(found -> count(found, labels, sums, mask));
  }

  private void count(Objective found, INDArray labels, INDArray preOutput, INDArray mask) {
    int width = preOutput.columns();
    found.requireShape(labels, width);
    if (found.task() == Task.REGRESSION) {
      return;
    }
    float[][] sums = FlatArrays.rows(preOutput);
    float[][] wanted = FlatArrays.rows(labels);
    float[] counted = mask == null ? null : FlatArrays.copy(mask.dup('c'));
    for (int i = 0; i < sums.length; i++) {
      if (counted == null || counted[i] != 0) {
        if (found.classification().isPresent()) {
          Classification classes = found.classification().get();
          count(classes.predictedBySums(sums[i]) == classes.actual(wanted[i], width));
        } else {
          for (int label = 0; label < width; label++) {
            count(sums[i][label] > 0 == found.holds(wanted[i][label]));
          }
        }
      }
    }
  }

  private void count(boolean right) {
    answers++;
    correct += right ? 1 : 0;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    count(labels, preOutput, mask);
    return loss.computeGradient(labels, preOutput, activation, mask);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    count(labels, preOutput, mask);
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
