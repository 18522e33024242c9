package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.MetricRow;
import org.lrsweep.sweep.Scores.Score;
import org.lrsweep.training.evaluation.Answers;
import org.lrsweep.training.evaluation.ClassAnswers;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.LabelAnswers;
import org.lrsweep.training.evaluation.TargetAnswers;

/**
 * How a trial answered, as its rows of the tables say it. A regression's answers after an epoch are
 * its metrics. Those of several labels are each label's counts, as far as precision, recall and
 * support give them: true negatives are lost, and false positives where recall is 0. No output
 * needs them, since rows of class_metrics have those three alone, and the metrics of an epoch are
 * taken from the table metrics.
 *
 * @param confusion its rows of the table confusion, of classes
 * @param labels its rows of the table class_metrics
 * @param metrics its rows of the table metrics, of labels or targets
 */
public record RecordedAnswers(
    List<ConfusionRow> confusion, List<ClassMetricsRow> labels, List<MetricRow> metrics) {

  private static final String VALIDATION = "validation";

  public RecordedAnswers {
    confusion = List.copyOf(confusion);
    labels = List.copyOf(labels);
    metrics = metrics.stream().filter(row -> row.part().equals(VALIDATION)).toList();
  }

  /** Whether there is all that an evaluation after the last of a trial's epochs led to. */
  boolean areWhole(List<EpochRow> epochs) {
    return epochs.stream()
        .allMatch(
            epoch ->
                epoch.valLoss() != null
                    && switch (ranking(epoch)) {
                      case ACCURACY -> !confusion.isEmpty();
                      case MICRO_F1 -> !labels.isEmpty() && of(epoch).size() > 1;
                      default -> of(epoch).size() > 1;
                    });
  }

  /** All metrics after an epoch, the one that ranks first; null if none was measured. */
  Scores scores(EpochRow epoch) {
    List<Score> all = new ArrayList<>();
    of(epoch).stream()
        .map(row -> new Score(Metric.of(row.metric()), orNaN(row.value())))
        .sorted(Comparator.comparing(score -> score.metric() != ranking(epoch)))
        .forEach(all::add);
    return all.isEmpty() ? SweepRows.scores(epoch) : new Scores(all);
  }

  /** The answers after the last epoch, as if of one example: of the losses the mean is recorded. */
  Evaluation evaluation(EpochRow last) {
    Answers answers =
        switch (ranking(last)) {
          case ACCURACY -> new ClassAnswers(matrix());
          case MICRO_F1 ->
              new LabelAnswers(labels.stream().map(RecordedAnswers::counts).toArray(long[][]::new));
          default -> TargetAnswers.none(0);
        };
    return new Evaluation(1, last.valLoss(), answers);
  }

  private List<MetricRow> of(EpochRow epoch) {
    return metrics.stream().filter(row -> row.epoch() == epoch.epoch()).toList();
  }

  private static Metric ranking(EpochRow epoch) {
    return Metric.of(epoch.metric());
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }

  private long[][] matrix() {
    int classes = (int) Math.sqrt(confusion.size());
    long[][] matrix = new long[classes][classes];
    for (ConfusionRow cell : confusion) {
      matrix[cell.actualClass()][cell.predictedClass()] = cell.count();
    }
    return matrix;
  }

  /**
   * Where recall is 0, so is precision, whatever the number of false positives, which is lost; 0
   * stands for it and gives the same precision.
   */
  private static long[] counts(ClassMetricsRow label) {
    long hits = Math.round(label.recall() * label.support());
    long predicted = hits == 0 ? 0 : Math.round(hits / label.precision());
    long[] counts = new long[LabelAnswers.PLACES];
    counts[LabelAnswers.TRUE_POSITIVE] = hits;
    counts[LabelAnswers.FALSE_POSITIVE] = predicted - hits;
    counts[LabelAnswers.FALSE_NEGATIVE] = label.support() - hits;
    return counts;
  }
}
