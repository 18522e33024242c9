package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lrsweep.training.evaluation.Answers;
import org.lrsweep.training.evaluation.ClassAnswers;
import org.lrsweep.training.evaluation.LabelAnswers;

/**
 * How often a class or label was found, said to be there, and there. What is 0 of 0 is 0, as in
 * scikit-learn.
 */
record ClassCounts(long hits, long predicted, long actual) {

  /** Of each class or label in order; none of numbers. */
  static List<ClassCounts> of(Answers answers) {
    if (answers instanceof LabelAnswers labels) {
      return Arrays.stream(labels.counts()).map(ClassCounts::ofLabel).toList();
    }
    long[][] confusion =
        answers instanceof ClassAnswers classes ? classes.confusion() : new long[0][0];
    List<ClassCounts> counts = new ArrayList<>();
    for (int i = 0; i < confusion.length; i++) {
      long predicted = 0;
      for (long[] row : confusion) {
        predicted += row[i];
      }
      counts.add(new ClassCounts(confusion[i][i], predicted, Arrays.stream(confusion[i]).sum()));
    }
    return counts;
  }

  private static ClassCounts ofLabel(long[] label) {
    long hits = label[LabelAnswers.TRUE_POSITIVE];
    return new ClassCounts(
        hits, hits + label[LabelAnswers.FALSE_POSITIVE], hits + label[LabelAnswers.FALSE_NEGATIVE]);
  }

  /** The share of what was said that is right. */
  double precision() {
    return ratio(hits, predicted);
  }

  /** The share of what there is that was said. */
  double recall() {
    return ratio(hits, actual);
  }

  /** The harmonic mean of precision and recall. */
  double f1() {
    return ratio(2 * hits, predicted + actual);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
