package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderConfirmRow;
import org.lrsweep.results.FinderCurveRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.WeightsRow;

/**
 * All that the tables say of one run; a part that the run didn't have is empty. Immutable.
 *
 * @param finderSteps the curve that the range methods read, which is the median of the repeats
 * @param finderSpread the repeats' spread; empty if there is but one
 * @param trials the trials by rank, see {@link TrialRanking}
 * @param epochs the epochs of each trial, in order, by its id
 * @param trainSteps the steps of each trial, in order, by its id
 * @param confirm the upper bounds that were tried, cycle by cycle
 */
record RunData(
    RunRow run,
    List<FinderStepRow> finderSteps,
    List<FinderCurveRow> finderSpread,
    List<FinderSuggestionRow> suggestions,
    List<TrialRow> trials,
    Map<String, List<EpochRow>> epochs,
    Map<String, List<TrainStepRow>> trainSteps,
    List<ClassMetricsRow> classMetrics,
    List<ConfusionRow> confusion,
    List<WeightsRow> weights,
    List<FinderConfirmRow> confirm) {

  /**
   * Reads a run's tables.
   *
   * @throws ReportException if the store has no such run
   */
  static RunData load(ResultStore store, String runId) {
    RunRow run =
        store.read(Tables.RUNS, runId).stream()
            .findFirst()
            .orElseThrow(() -> new ReportException(noSuchRun(store, runId)));

    List<FinderStepRow> steps = store.read(Tables.FINDER_STEPS, runId);
    List<FinderCurveRow> curve = store.read(Tables.FINDER_CURVE, runId);
    boolean repeated = curve.stream().anyMatch(point -> point.repeats() > 1);
    return new RunData(
        run,
        repeated ? median(curve) : steps,
        repeated ? curve : List.of(),
        store.read(Tables.FINDER_SUGGESTIONS, runId),
        TrialRanking.rank(store.read(Tables.TRIALS, runId)),
        byTrial(store.read(Tables.EPOCHS, runId), EpochRow::trialId),
        byTrial(store.read(Tables.TRAIN_STEPS, runId), TrainStepRow::trialId),
        store.read(Tables.CLASS_METRICS, runId),
        store.read(Tables.CONFUSION, runId),
        store.read(Tables.WEIGHTS, runId),
        store.read(Tables.FINDER_CONFIRM, runId));
  }

  private static List<FinderStepRow> median(List<FinderCurveRow> curve) {
    List<FinderStepRow> steps = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;

    for (FinderCurveRow point : curve) {
      best = point.smoothedLoss() < best ? point.smoothedLoss() : best;
      steps.add(
          new FinderStepRow(
              point.runId(),
              point.step(),
              point.lr(),
              point.lr() / curve.get(0).lr(),
              point.loss(),
              point.smoothedLoss(),
              best,
              1,
              0,
              point.accuracy()));
    }

    return steps;
  }

  private static String noSuchRun(ResultStore store, String runId) {
    List<String> others = store.runs().stream().map(RunRow::runId).toList();
    String found = others.isEmpty() ? "it has no runs" : "it has " + String.join(", ", others);
    return "run \"" + runId + "\" is not in output " + store + "; " + found;
  }

  private static <R> Map<String, List<R>> byTrial(List<R> rows, Function<R, String> trialId) {
    return rows.stream().collect(Collectors.groupingBy(trialId));
  }

  /** The suggestion whose range the sweep used. */
  Optional<FinderSuggestionRow> chosen() {
    return suggestions.stream().filter(FinderSuggestionRow::selected).findFirst();
  }

  /** The trial of the first rank, if it measured its metric. */
  Optional<TrialRow> best() {
    return trials.stream().findFirst().filter(trial -> trial.rankedValue() != null);
  }

  /** What the trials are ranked by. */
  Metric metric() {
    return trials.isEmpty() ? Metric.of(run.metric()) : TrialRanking.metric(trials);
  }

  List<EpochRow> epochsOf(TrialRow trial) {
    return epochs.getOrDefault(trial.trialId(), List.of());
  }

  /** A trial's metric after its last epoch; null if it was not measured. */
  Double finalValue(TrialRow trial) {
    if (metric() == Metric.ACCURACY) {
      return trial.finalValAccuracy();
    }
    List<EpochRow> own = epochsOf(trial);
    return own.isEmpty() ? null : own.get(own.size() - 1).rankedValue();
  }

  List<TrainStepRow> stepsOf(TrialRow trial) {
    return trainSteps.getOrDefault(trial.trialId(), List.of());
  }

  List<ClassMetricsRow> classMetricsOf(TrialRow trial) {
    return classMetrics.stream().filter(row -> row.trialId().equals(trial.trialId())).toList();
  }

  List<ConfusionRow> confusionOf(TrialRow trial) {
    return confusion.stream().filter(row -> row.trialId().equals(trial.trialId())).toList();
  }

  List<WeightsRow> weightsOf(TrialRow trial) {
    return weights.stream().filter(row -> row.trialId().equals(trial.trialId())).toList();
  }

  /** The averaged network that did better than every epoch of a trial. */
  Optional<WeightsRow> chosenAverage(TrialRow trial) {
    return weightsOf(trial).stream().filter(row -> row.chosen() && row.members() > 1).findFirst();
  }
}
