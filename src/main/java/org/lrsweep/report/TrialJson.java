package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrialRow;

/**
 * What every page says of a trial.
 *
 * @param rank from 1, the best
 * @param seed as text: a script has no whole numbers of 64 bits
 * @param bestValue the metric that ranks, of the best epoch
 * @param finalValue the same of the last epoch
 * @param testValue the same on the test part, with the chosen weights
 * @param durationMs of all epochs together
 */
record TrialJson(
    String id,
    int rank,
    String status,
    String error,
    String policy,
    double stepSizeEpochs,
    double baseLr,
    double maxLr,
    String rangeMethod,
    int batchSize,
    int epochCount,
    String seed,
    Integer bestEpoch,
    Double bestValue,
    Double finalValue,
    Double finalValLoss,
    Double testValue,
    Double testLoss,
    long durationMs,
    Epochs epochs) {

  static TrialJson of(RunData data, TrialRow trial) {
    List<EpochRow> epochs = data.epochsOf(trial);
    return new TrialJson(
        trial.trialId(),
        data.trials().indexOf(trial) + 1,
        trial.status().name(),
        trial.error(),
        trial.policy(),
        trial.stepSizeEpochs(),
        trial.baseLr(),
        trial.maxLr(),
        trial.rangeMethod(),
        trial.batchSize(),
        trial.epochs(),
        String.valueOf(trial.seed()),
        trial.bestEpoch(),
        trial.rankedValue(),
        data.finalValue(trial),
        trial.finalValLoss(),
        trial.testMetric(),
        trial.testLoss(),
        epochs.stream().mapToLong(EpochRow::durationMs).sum(),
        Epochs.of(epochs));
  }

  /** The curves by epoch, a value for each. */
  record Epochs(
      List<Integer> epoch, List<Double> trainLoss, List<Double> valLoss, List<Double> valMetric) {

    private static Epochs of(List<EpochRow> rows) {
      return new Epochs(
          column(rows, EpochRow::epoch),
          column(rows, EpochRow::trainLoss),
          column(rows, EpochRow::valLoss),
          column(rows, EpochRow::rankedValue));
    }

    /** Values that weren't measured are null, which other lists can't hold. */
    private static <T> List<T> column(List<EpochRow> rows, Function<EpochRow, T> value) {
      return rows.stream().map(value).collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
