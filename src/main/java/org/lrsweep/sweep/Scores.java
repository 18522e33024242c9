package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.network.Task;
import org.lrsweep.results.Metric;
import org.lrsweep.training.evaluation.ClassAnswers;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.LabelAnswers;
import org.lrsweep.training.evaluation.TargetAnswers;

/**
 * How good a network's answers are, by every metric of its task.
 *
 * @param all the metrics with their values, the one that ranks first; a value may be NaN
 */
public record Scores(List<Score> all) {

  /**
   * A metric's value.
   *
   * @param value NaN if it means nothing
   */
  public record Score(Metric metric, double value) {}

  public Scores {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("Scores need a metric, found none");
    }
  }

  /** The metrics of an evaluation. */
  public static Scores of(Evaluation evaluation) {
    List<Score> all = new ArrayList<>();
    if (evaluation.answers() instanceof ClassAnswers classes) {
      all.add(new Score(Metric.ACCURACY, classes.accuracy()));
    } else if (evaluation.answers() instanceof LabelAnswers labels) {
      all.add(new Score(Metric.MICRO_F1, labels.microF1()));
      all.add(new Score(Metric.ACCURACY, labels.accuracy()));
    } else if (evaluation.answers() instanceof TargetAnswers targets) {
      all.add(new Score(Metric.RMSE, targets.rmse()));
      all.add(new Score(Metric.MAE, targets.mae()));
      all.add(new Score(Metric.R2, targets.r2()));
    }
    return new Scores(all);
  }

  /** What trials of a task are ranked by. */
  public static Metric ranking(Task task) {
    return switch (task) {
      case CLASSIFICATION -> Metric.ACCURACY;
      case MULTI_LABEL -> Metric.MICRO_F1;
      case REGRESSION -> Metric.RMSE;
    };
  }

  /** That of a classification. */
  public static Scores ofAccuracy(double accuracy) {
    return new Scores(List.of(new Score(Metric.ACCURACY, accuracy)));
  }

  /** What ranks. */
  public Metric metric() {
    return all.get(0).metric();
  }

  /** The value of what ranks. */
  public double value() {
    return all.get(0).value();
  }

  /** The accuracy; null if there is none. */
  public Double accuracy() {
    return all.stream()
        .filter(score -> score.metric() == Metric.ACCURACY)
        .map(Score::value)
        .findFirst()
        .orElse(null);
  }

  /** Whether these are better than others of the same task. */
  public boolean areBetterThan(Scores others) {
    return metric().isBetter(value(), others.value());
  }
}
