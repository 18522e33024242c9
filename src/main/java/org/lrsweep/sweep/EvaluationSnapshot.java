package org.lrsweep.sweep;

import java.util.List;
import org.lrsweep.checkpoint.DamagedCheckpointException;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.training.evaluation.Answers;
import org.lrsweep.training.evaluation.ClassAnswers;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.LabelAnswers;
import org.lrsweep.training.evaluation.TargetAnswers;
import org.lrsweep.training.evaluation.TargetAnswers.Target;

/** An evaluation as a checkpoint's values and back. */
final class EvaluationSnapshot {
  private static final String CONFUSION = "confusion";
  private static final String LABELS = "label counts";
  private static final String TARGETS = "target sums";
  private static final String EXAMPLES = "evaluated examples";
  private static final int SUMS = 5;

  private EvaluationSnapshot() {}

  static void put(Snapshot.Builder values, Evaluation evaluation) {
    if (evaluation.answers() instanceof ClassAnswers classes) {
      values.put(CONFUSION, flat(classes.confusion(), classes.confusion().length));
    } else if (evaluation.answers() instanceof LabelAnswers labels) {
      values.put(LABELS, flat(labels.counts(), LabelAnswers.PLACES));
    } else if (evaluation.answers() instanceof TargetAnswers targets) {
      values.put(TARGETS, sums(targets.targets()));
    }
    values.put(EXAMPLES, evaluation.examples()).put("evaluated loss sum", evaluation.lossSum());
  }

  /** Whether a checkpoint has one. */
  static boolean isIn(Snapshot values) {
    return List.of(CONFUSION, LABELS, TARGETS).stream().anyMatch(values::has);
  }

  static Evaluation read(Snapshot values) {
    double lossSum = values.doubles("evaluated loss sum")[0];
    if (!values.has(EXAMPLES)) {
      // Older versions knew classes of whole examples alone.
      return new Evaluation(confusion(values), lossSum);
    }
    return new Evaluation(values.number(EXAMPLES), lossSum, answers(values));
  }

  private static Answers answers(Snapshot values) {
    if (values.has(CONFUSION)) {
      return new ClassAnswers(confusion(values));
    }
    if (values.has(LABELS)) {
      long[] cells = values.longs(LABELS);
      return new LabelAnswers(rows(cells, cells.length / LabelAnswers.PLACES, LabelAnswers.PLACES));
    }
    double[] sums = values.doubles(TARGETS);
    if (sums.length % SUMS != 0) {
      throw new DamagedCheckpointException("its sums over targets are not " + SUMS + " for each");
    }
    Target[] targets = new Target[sums.length / SUMS];
    for (int i = 0; i < targets.length; i++) {
      int at = i * SUMS;
      targets[i] =
          new Target((long) sums[at], sums[at + 1], sums[at + 2], sums[at + 3], sums[at + 4]);
    }
    return new TargetAnswers(targets);
  }

  private static long[][] confusion(Snapshot values) {
    long[] cells = values.longs(CONFUSION);
    int classes = (int) Math.sqrt(cells.length);
    return rows(cells, classes, classes);
  }

  private static long[][] rows(long[] cells, int height, int width) {
    long[][] rows = new long[height][width];
    for (int i = 0; i < height * width; i++) {
      rows[i / width][i % width] = cells[i];
    }
    return rows;
  }

  private static long[] flat(long[][] rows, int width) {
    long[] cells = new long[rows.length * width];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = rows[i / width][i % width];
    }
    return cells;
  }

  private static double[] sums(Target[] targets) {
    double[] sums = new double[targets.length * SUMS];
    for (int i = 0; i < targets.length; i++) {
      Target target = targets[i];
      double[] own = {
        target.count(), target.squared(), target.absolute(), target.mean(), target.deviations()
      };
      System.arraycopy(own, 0, sums, i * SUMS, SUMS);
    }
    return sums;
  }
}
