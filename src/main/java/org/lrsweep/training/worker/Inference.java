package org.lrsweep.training.worker;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.network.Objective;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.lrsweep.training.examples.Minibatches;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Examples put through a network, whose state stays. Not thread-safe, as the network is not. */
final class Inference {
  private final ComputationGraph network;
  private final Objective objective;

  Inference(ComputationGraph network, Objective objective) {
    this.network = network;
    this.objective = objective;
  }

  /**
   * Evaluates the mean of the outputs of several states.
   *
   * @param states each puts the network into one; at least one
   * @throws IllegalArgumentException if there are no examples, or their labels are not such as the
   *     network needs
   */
  Evaluation evaluate(WorkerExamples examples, List<Runnable> states) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException("The test set must have at least one example, found none");
    }
    Tally tally = new Tally(objective);
    // State by state, since each is loaded once; the sums are as small as the labels.
    List<INDArray> sums = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      states.get(i).run();
      boolean isLast = i == states.size() - 1;
      for (int from = 0, b = 0; from < examples.size(); from += Evaluator.BATCH, b++) {
        int count = Math.min(Evaluator.BATCH, examples.size() - from);
        DataSet batch = examples.minibatch(0, from, count);
        INDArray outputs = output(batch);
        INDArray sum = i == 0 ? outputs : sums.get(b).addi(outputs);
        if (isLast) {
          tally.add(
              states.size() == 1 ? sum : sum.divi(states.size()),
              batch.getLabels(),
              batch.getLabelsMaskArray());
        } else if (i == 0) {
          sums.add(sum.detach());
        }
        Minibatches.giveBack(batch);
      }
    }
    return tally.predictions();
  }

  private INDArray output(DataSet batch) {
    if (batch.getFeaturesMaskArray() == null) {
      return network.outputSingle(false, batch.getFeatures());
    }
    INDArray[] features = {batch.getFeatures()};
    INDArray[] masks = only(batch.getFeaturesMaskArray());
    try {
      return network.output(false, features, masks, only(batch.getLabelsMaskArray()))[0];
    } finally {
      network.clearLayerMaskArrays();
    }
  }

  /** Deeplearning4j's masks of one input or output. */
  static INDArray[] only(INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }
}
