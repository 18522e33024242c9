package org.lrsweep.results;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;

import java.util.List;

/** The tables of an output. */
public final class Tables {
  public static final Table<RunRow> RUNS =
      Table.of("runs", "a run", RunRow.class, comparing(RunRow::runId));

  public static final Table<FinderStepRow> FINDER_STEPS =
      Table.of(
          "finder_steps",
          "a step of the range test",
          FinderStepRow.class,
          comparing(FinderStepRow::repeat, nullsFirst(naturalOrder()))
              .thenComparing(FinderStepRow::step));

  public static final Table<FinderCurveRow> FINDER_CURVE =
      Table.of(
          "finder_curve",
          "a point of the curve that the range methods read",
          FinderCurveRow.class,
          comparing(FinderCurveRow::step));

  public static final Table<FinderSuggestionRow> FINDER_SUGGESTIONS =
      Table.of(
          "finder_suggestions",
          "a method's answer",
          FinderSuggestionRow.class,
          comparing(FinderSuggestionRow::method));

  public static final Table<FinderRepeatRow> FINDER_REPEATS =
      Table.of(
          "finder_repeats",
          "a method's answer to one repeat of the range test",
          FinderRepeatRow.class,
          comparing(FinderRepeatRow::repeat).thenComparing(FinderRepeatRow::method));

  public static final Table<FinderConfirmRow> FINDER_CONFIRM =
      Table.of(
          "finder_confirm",
          "a short cycle up to an upper bound that was tried",
          FinderConfirmRow.class,
          comparing(FinderConfirmRow::cycle).thenComparing(FinderConfirmRow::rung));

  public static final Table<TrainStepRow> TRAIN_STEPS =
      Table.of(
          "train_steps",
          "a step of a trial",
          TrainStepRow.class,
          comparing(TrainStepRow::trialId).thenComparing(TrainStepRow::step));

  public static final Table<EpochRow> EPOCHS =
      Table.of(
          "epochs",
          "an epoch of a trial",
          EpochRow.class,
          comparing(EpochRow::trialId).thenComparing(EpochRow::epoch));

  public static final Table<TrialRow> TRIALS =
      Table.of("trials", "a trial", TrialRow.class, comparing(TrialRow::trialId));

  public static final Table<ClassMetricsRow> CLASS_METRICS =
      Table.of(
          "class_metrics",
          "a class of a trial",
          ClassMetricsRow.class,
          comparing(ClassMetricsRow::trialId).thenComparing(ClassMetricsRow::classId));

  public static final Table<ConfusionRow> CONFUSION =
      Table.of(
          "confusion",
          "a cell of a trial's confusion matrix",
          ConfusionRow.class,
          comparing(ConfusionRow::trialId)
              .thenComparing(ConfusionRow::actualClass)
              .thenComparing(ConfusionRow::predictedClass));

  public static final Table<WeightsRow> WEIGHTS =
      Table.of(
          "weights",
          "a trial's weights, their mean or an ensemble of them, evaluated",
          WeightsRow.class,
          comparing(WeightsRow::trialId).thenComparing(WeightsRow::weights));

  public static final Table<MetricRow> METRICS =
      Table.of(
          "metrics",
          "a metric of a trial's answers",
          MetricRow.class,
          comparing(MetricRow::trialId)
              .thenComparing(MetricRow::part)
              .thenComparing(MetricRow::epoch, nullsLast(naturalOrder()))
              .thenComparing(MetricRow::metric));

  private static final List<Table<?>> ALL =
      List.of(
          RUNS,
          FINDER_STEPS,
          FINDER_CURVE,
          FINDER_SUGGESTIONS,
          FINDER_REPEATS,
          TRAIN_STEPS,
          EPOCHS,
          TRIALS,
          CLASS_METRICS,
          CONFUSION,
          WEIGHTS,
          FINDER_CONFIRM,
          METRICS);

  private Tables() {}

  /** Every table, in the documentation's order. */
  public static List<Table<?>> all() {
    return ALL;
  }
}
