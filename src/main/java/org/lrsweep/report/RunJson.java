package org.lrsweep.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.List;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.RunRow;

/**
 * What every page says of a run, but for its trials.
 *
 * @param seed as text: a script has no whole numbers of 64 bits
 * @param finder null if the run had none
 */
record RunJson(
    String runId,
    String status,
    String startedAt,
    Long durationMs,
    String dataset,
    String datasetSha256,
    String appVersion,
    String sparkVersion,
    String seed,
    String configuration,
    MetricJson metric,
    Finder finder,
    @JsonIgnoreProperties("runId") List<FinderSuggestionRow> suggestions) {

  static RunJson of(RunData data) {
    RunRow run = data.run();
    return new RunJson(
        run.runId(),
        run.status().name(),
        run.startedAt().toString(),
        run.finishedAt() == null ? null : (Long) duration(run).toMillis(),
        run.dataset(),
        run.datasetSha256(),
        run.appVersion(),
        run.sparkVersion(),
        String.valueOf(run.seed()),
        run.configJson(),
        MetricJson.of(data.metric()),
        data.finderSteps().isEmpty() ? null : Finder.of(data.finderSteps()),
        data.suggestions());
  }

  /** What trials are ranked by. */
  record MetricJson(String title, boolean fraction, boolean highFirst) {
    private static MetricJson of(Metric metric) {
      return new MetricJson(metric.title(), metric.isFraction(), metric.isHigherBetter());
    }
  }

  /** From start to end of a run that has ended. */
  static Duration duration(RunRow run) {
    return Duration.between(run.startedAt(), run.finishedAt());
  }

  /**
   * The curve that is shown, a value for each of its steps.
   *
   * @param accuracy null, as meanAccuracy, if it wasn't measured
   */
  @SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
  record Finder(
      String extent,
      double lowestLoss,
      double highestLoss,
      boolean linear,
      double[] lr,
      double[] loss,
      double[] smoothed,
      double[] accuracy,
      double[] meanAccuracy) {

    private static Finder of(List<FinderStepRow> steps) {
      FinderCurve curve = FinderCurve.of(steps);
      List<FinderStepRow> shown = curve.shown();
      return new Finder(
          curve.extent(),
          curve.lowestLoss(),
          curve.highestLoss(),
          LrAxis.of(steps).isLinear(),
          shown.stream().mapToDouble(FinderStepRow::lr).toArray(),
          shown.stream().mapToDouble(FinderStepRow::loss).toArray(),
          shown.stream().mapToDouble(FinderStepRow::smoothedLoss).toArray(),
          curve.hasAccuracy() ? curve.accuracies() : null,
          curve.hasAccuracy() ? curve.meanAccuracies() : null);
    }
  }
}
