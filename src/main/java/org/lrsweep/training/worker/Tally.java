package org.lrsweep.training.worker;

import org.lrsweep.network.Classification;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.training.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A confusion matrix and a sum of losses that grow batch by batch, in place. */
final class Tally {
  private final Classification classification;
  private long[][] confusion;
  private double loss;

  Tally(Classification classification) {
    this.classification = classification;
  }

  /** Counts a batch of outputs and labels. */
  void add(INDArray outputs, INDArray labels) {
    float[][] guesses = FlatArrays.rows(outputs);
    float[][] wanted = FlatArrays.rows(labels);
    int width = guesses[0].length;
    classification.requireShape(labels, width);
    if (confusion == null) {
      int classes = classification.classes(width);
      confusion = new long[classes][classes];
    }
    for (int i = 0; i < wanted.length; i++) {
      int actual = classification.actual(wanted[i], width);
      confusion[actual][classification.predicted(guesses[i])]++;
    }
    loss += classification.lossSum(outputs, labels);
  }

  /** What has been counted; there must have been a batch. */
  Evaluation predictions() {
    return new Evaluation(confusion, loss);
  }
}
