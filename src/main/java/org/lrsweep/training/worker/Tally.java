package org.lrsweep.training.worker;

import org.lrsweep.network.Classification;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.Objective;
import org.lrsweep.training.evaluation.Answers;
import org.lrsweep.training.evaluation.ClassAnswers;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.LabelAnswers;
import org.lrsweep.training.evaluation.TargetAnswers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums over answers and losses that grow batch by batch, in place. */
final class Tally {
  private final Objective objective;
  private long[][] counts;
  private TargetAnswers targets;
  private double loss;
  private long examples;

  Tally(Objective objective) {
    this.objective = objective;
  }

  /**
   * Counts a batch of outputs and labels.
   *
   * @param mask of sequences' steps; null if all count
   */
  void add(INDArray outputs, INDArray labels, INDArray mask) {
    examples += labels.size(0);
    INDArray guessed = AnswerRows.of(outputs, mask);
    INDArray wanted = AnswerRows.of(labels, mask);
    if (guessed.isEmpty()) {
      return;
    }
    objective.requireShape(wanted, (int) guessed.size(1));
    float[][] guesses = FlatArrays.rows(guessed);
    float[][] rows = FlatArrays.rows(wanted);
    switch (objective.task()) {
      case CLASSIFICATION -> addClasses(guesses, rows);
      case MULTI_LABEL -> addLabels(guesses, rows);
      case REGRESSION -> addTargets(guesses, rows);
    }
    loss += objective.lossSum(guessed, wanted);
  }

  private void addClasses(float[][] guesses, float[][] wanted) {
    Classification classification = objective.classification().orElseThrow();
    int width = guesses[0].length;
    if (counts == null) {
      int classes = classification.classes(width);
      counts = new long[classes][classes];
    }
    for (int i = 0; i < wanted.length; i++) {
      int actual = classification.actual(wanted[i], width);
      counts[actual][classification.predicted(guesses[i])]++;
    }
  }

  private void addLabels(float[][] guesses, float[][] wanted) {
    if (counts == null) {
      counts = new long[guesses[0].length][LabelAnswers.PLACES];
    }
    for (int i = 0; i < wanted.length; i++) {
      for (int label = 0; label < counts.length; label++) {
        boolean holds = objective.holds(wanted[i][label]);
        counts[label][LabelAnswers.place(holds, guesses[i][label] > 0.5)]++;
      }
    }
  }

  private void addTargets(float[][] guesses, float[][] wanted) {
    if (targets == null) {
      targets = TargetAnswers.none(guesses[0].length);
    }
    for (int i = 0; i < wanted.length; i++) {
      for (int k = 0; k < targets.targets().length; k++) {
        targets.targets()[k] = targets.targets()[k].plus(wanted[i][k], guesses[i][k]);
      }
    }
  }

  /**
   * What has been counted.
   *
   * @throws IllegalArgumentException if masks left out every step of every example
   */
  Evaluation predictions() {
    if (counts == null && targets == null) {
      throw new IllegalArgumentException(
          "The test set must have at least one step that counts, found none: its masks leave out"
              + " all of them");
    }
    Answers answers =
        switch (objective.task()) {
          case CLASSIFICATION -> new ClassAnswers(counts);
          case MULTI_LABEL -> new LabelAnswers(counts);
          case REGRESSION -> targets;
        };
    return new Evaluation(examples, loss, answers);
  }
}
