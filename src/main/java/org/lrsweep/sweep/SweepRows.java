package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.Evaluation;

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
        bestModelPath.orElse(null));
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
                    epoch.durationMs()))
        .toList();
  }

  /**
   * The rows of the table class_metrics, of the trial's last epoch. A class that was never
   * predicted has precision 0, and F1 0, as in scikit-learn.
   */
  public static List<ClassMetricsRow> classMetrics(
      String runId, TrialOutcome outcome, List<String> classNames) {
    List<ClassMetricsRow> rows = new ArrayList<>();
    outcome
        .predictions()
        .ifPresent(
            predictions -> {
              for (int c = 0; c < classNames.size(); c++) {
                rows.add(
                    classMetrics(runId, outcome.trial().id(), predictions, c, classNames.get(c)));
              }
            });
    return rows;
  }

  private static ClassMetricsRow classMetrics(
      String runId, String trialId, Evaluation predictions, int classId, String className) {
    long[][] confusion = predictions.confusion();
    long hits = confusion[classId][classId];
    long support = 0;
    long predicted = 0;
    for (int other = 0; other < confusion.length; other++) {
      support += confusion[classId][other];
      predicted += confusion[other][classId];
    }
    return new ClassMetricsRow(
        runId,
        trialId,
        classId,
        className,
        ratio(hits, predicted),
        ratio(hits, support),
        ratio(2 * hits, predicted + support),
        support);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
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
}
