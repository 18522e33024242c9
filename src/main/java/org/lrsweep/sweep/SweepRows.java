package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.MetricRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.evaluation.Evaluation;

/** Trials' outcomes as rows of the result tables. */
public final class SweepRows {
  private SweepRows() {}

  /**
   * The row of the table trials.
   *
   * @param modelPath where the network of the last epoch lies; empty if none was kept
   * @param bestModelPath where the network of the best epoch lies; empty if none was kept
   */
  public static TrialRow trial(
      String runId,
      TrialOutcome outcome,
      Optional<String> modelPath,
      Optional<String> bestModelPath) {
    Trial trial = outcome.trial();
    Optional<TrialEpoch> best = outcome.bestEpoch();
    Optional<TrialEpoch> last =
        outcome.epochs().isEmpty()
            ? Optional.empty()
            : Optional.of(outcome.epochs().get(outcome.epochs().size() - 1));
    return new TrialRow(
        runId,
        trial.id(),
        trial.policy().label(),
        trial.stepSizeEpochs(),
        trial.stepSizeSteps(),
        trial.baseLr(),
        trial.maxLr(),
        trial.batchSize(),
        trial.epochs(),
        trial.seed(),
        outcome.status(),
        outcome.error().orElse(null),
        best.map(TrialEpoch::epoch).orElse(null),
        best.map(TrialEpoch::valAccuracy).orElse(null),
        last.map(TrialEpoch::valAccuracy).orElse(null),
        last.map(TrialEpoch::valLoss).orElse(null),
        modelPath.orElse(null),
        trial.rangeMethod().orElse(null),
        bestModelPath.orElse(null),
        best.map(epoch -> epoch.scores().metric().label()).orElse(null),
        best.map(TrialEpoch::valMetric).orElse(null),
        outcome.test().map(test -> Scores.of(test).value()).orElse(null),
        outcome.test().map(Evaluation::loss).orElse(null));
  }

  /**
   * Whether a row is that of a trial, by whatever id, or of one with fewer or more epochs and the
   * same steps as far as both go.
   */
  public static boolean isOf(TrialRow row, Trial trial) {
    boolean sameLength =
        trial.policy().hasStepSize()
            ? row.stepSizeSteps() == trial.stepSizeSteps()
            : trial.policy().isOpenEnded() || row.epochs() == trial.epochs();
    return sameLength
        && row.policy().equals(trial.policy().label())
        && row.baseLr() == trial.baseLr()
        && row.maxLr() == trial.maxLr()
        && row.batchSize() == trial.batchSize()
        && row.seed() == trial.seed()
        && Optional.ofNullable(row.rangeMethod()).equals(trial.rangeMethod());
  }

  /** The rows of the table train_steps. */
  public static List<TrainStepRow> steps(String runId, TrialOutcome outcome) {
    String trialId = outcome.trial().id();
    Schedule schedule = outcome.trial().schedule();
    return outcome.steps().stream()
        .map(
            step -> {
              OptionalDouble momentum = schedule.momentum(step.step());
              return new TrainStepRow(
                  runId,
                  trialId,
                  step.step(),
                  step.epoch(),
                  step.lr(),
                  step.loss(),
                  momentum.isPresent() ? momentum.getAsDouble() : null);
            })
        .toList();
  }

  /** The rows of the table epochs. */
  public static List<EpochRow> epochs(String runId, TrialOutcome outcome) {
    String trialId = outcome.trial().id();
    return outcome.epochs().stream()
        .map(
            epoch ->
                new EpochRow(
                    runId,
                    trialId,
                    epoch.epoch(),
                    epoch.trainLoss(),
                    epoch.trainAccuracy(),
                    epoch.valLoss(),
                    epoch.valAccuracy(),
                    epoch.durationMs(),
                    epoch.scores() == null ? null : epoch.scores().metric().label(),
                    epoch.valMetric()))
        .toList();
  }

  /** The epoch of a row, with the metric that ranks alone. */
  public static TrialEpoch trialEpoch(EpochRow row) {
    return trialEpoch(row, scores(row));
  }

  /**
   * The epoch of a row.
   *
   * @param scores on the validation part after it; null if not measured
   */
  static TrialEpoch trialEpoch(EpochRow row, Scores scores) {
    return new TrialEpoch(
        row.epoch(), row.trainLoss(), row.trainAccuracy(), row.valLoss(), row.durationMs(), scores);
  }

  /** The metric that ranks alone; null if not measured. */
  static Scores scores(EpochRow row) {
    // Older versions had the accuracy alone.
    Double value = row.metric() == null ? row.valAccuracy() : row.valMetric();
    return value == null
        ? null
        : new Scores(List.of(new Scores.Score(Metric.of(row.metric()), value)));
  }

  /**
   * The rows of the table class_metrics, of the trial's last epoch: of classes or of labels. One
   * that was never predicted has precision 0, and F1 0, as in scikit-learn.
   */
  public static List<ClassMetricsRow> classMetrics(
      String runId, TrialOutcome outcome, List<String> names) {
    List<ClassCounts> counts =
        outcome.predictions().map(found -> ClassCounts.of(found.answers())).orElse(List.of());
    return IntStream.range(0, counts.size())
        .mapToObj(
            i ->
                new ClassMetricsRow(
                    runId,
                    outcome.trial().id(),
                    i,
                    names.get(i),
                    counts.get(i).precision(),
                    counts.get(i).recall(),
                    counts.get(i).f1(),
                    counts.get(i).actual()))
        .toList();
  }

  /** The rows of the table confusion, of the trial's last epoch. */
  public static List<ConfusionRow> confusion(String runId, TrialOutcome outcome) {
    List<ConfusionRow> rows = new ArrayList<>();
    outcome
        .predictions()
        .map(Evaluation::confusion)
        .ifPresent(
            matrix -> {
              for (int actual = 0; actual < matrix.length; actual++) {
                for (int predicted = 0; predicted < matrix.length; predicted++) {
                  rows.add(
                      new ConfusionRow(
                          runId,
                          outcome.trial().id(),
                          actual,
                          predicted,
                          matrix[actual][predicted]));
                }
              }
            });
    return rows;
  }

  /**
   * The rows of the table metrics: those of the validation part after each epoch, and of the test
   * part; none of a task that has but one metric.
   */
  public static List<MetricRow> metrics(String runId, TrialOutcome outcome) {
    String trialId = outcome.trial().id();
    List<MetricRow> rows = new ArrayList<>();
    for (TrialEpoch epoch : outcome.epochs()) {
      if (epoch.scores() != null) {
        add(
            rows,
            new MetricRow(runId, trialId, "validation", epoch.epoch(), "", null),
            epoch.scores());
      }
    }
    outcome
        .test()
        .ifPresent(
            test ->
                add(rows, new MetricRow(runId, trialId, "test", null, "", null), Scores.of(test)));
    return rows;
  }

  private static void add(List<MetricRow> rows, MetricRow of, Scores scores) {
    if (scores.all().size() > 1) {
      for (Scores.Score score : scores.all()) {
        rows.add(
            new MetricRow(
                of.runId(),
                of.trialId(),
                of.part(),
                of.epoch(),
                score.metric().label(),
                Double.isNaN(score.value()) ? null : (Double) score.value()));
      }
    }
  }
}
