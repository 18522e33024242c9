package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lrsweep.report.Panel.Axis;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Numbers;

/** Every trial's metric and losses by epoch; the best trials on top. */
final class TrainingPlot {
  /** Losses above so many times the median of their panel are cut off. */
  private static final double CUT = 4;

  /** Values are shown as far as so many times the median's distance from the best. */
  private static final double SPREAD = 8;

  /** In a run of fewer epochs every value is shown. */
  private static final int MANY_EPOCHS = 10;

  private final RunData data;

  TrainingPlot(RunData data) {
    this.data = data;
  }

  /** The figure of a run that has trials. */
  static Figure of(RunData data) {
    return new TrainingPlot(data).figure();
  }

  private Figure figure() {
    String best = data.best().map(trial -> ", best " + value(trial)).orElse("");
    int count = data.trials().size();
    return new Figure(
        "Training under cyclical learning rates",
        data.run().runId()
            + ", "
            + data.run().dataset()
            + ", "
            + count
            + (count == 1 ? " trial" : " trials")
            + best,
        List.of(
            List.of(panel(metricAxis(), EpochRow::rankedValue)),
            List.of(
                panel(lossAxis("validation loss", EpochRow::valLoss), EpochRow::valLoss),
                panel(lossAxis("training loss", EpochRow::trainLoss), EpochRow::trainLoss))),
        400,
        legend());
  }

  private Panel panel(Axis axis, Function<EpochRow, Double> value) {
    Panel panel = new Panel("", epochAxis(), axis);

    // The last drawn lies on top.
    for (int rank = data.trials().size() - 1; rank >= 0; rank--) {
      List<EpochRow> rows = data.epochsOf(data.trials().get(rank));

      if (!rows.isEmpty()) {
        TrialStyle style = TrialStyle.of(rank);
        panel.addLine(
            rows.stream().mapToDouble(EpochRow::epoch).toArray(),
            rows.stream().map(value).mapToDouble(TrainingPlot::orNaN).toArray(),
            style.color(),
            style.stroke());
      }
    }

    return panel;
  }

  private int lastEpoch() {
    return data.epochs().values().stream()
        .flatMap(List::stream)
        .mapToInt(EpochRow::epoch)
        .max()
        .orElse(1);
  }

  private Axis epochAxis() {
    int last = lastEpoch();
    double margin = Math.max(0.5, last * 0.01);
    return new Axis("epoch", 1 - margin, last + margin, TrainingPlot::whole);
  }

  /** Of many epochs the worst are cut off, so that the late ones can be told apart. */
  Axis metricAxis() {
    Metric metric = data.metric();
    String title = "validation " + metric.title();
    if (!metric.isFraction()) {
      return lossAxis(title, EpochRow::rankedValue);
    }
    double[] sorted = sorted(EpochRow::rankedValue);
    if (sorted.length == 0) {
      return new Axis(title, 0, 1, TrainingPlot::percent);
    }
    double high = sorted[sorted.length - 1];
    double usual = high - sorted[sorted.length / 2];
    boolean cuts = usual > 0 && lastEpoch() >= MANY_EPOCHS;
    double low = cuts ? Math.max(sorted[0], high - SPREAD * usual) : sorted[0];
    double margin = Math.max(0.005, 0.05 * (high - low));
    return new Axis(title, low - margin, high + margin, TrainingPlot::percent);
  }

  private Axis lossAxis(String title, Function<EpochRow, Double> value) {
    double[] sorted = sorted(value);

    if (sorted.length == 0) {
      return new Axis(title, 0, 1, Numbers::rate);
    }

    double low = Math.min(0, sorted[0]);
    double high = Math.min(1.05 * sorted[sorted.length - 1], CUT * sorted[sorted.length / 2]);
    return new Axis(title, low, Math.max(high, low + 1e-6), Numbers::rate);
  }

  private double[] sorted(Function<EpochRow, Double> value) {
    return data.epochs().values().stream()
        .flatMap(List::stream)
        .map(value)
        .mapToDouble(TrainingPlot::orNaN)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }

  private static String whole(double value) {
    return String.valueOf(Math.round(value));
  }

  private static String percent(double fraction) {
    return Numbers.plain(Math.round(fraction * 1000) / 10.0) + " %";
  }

  private List<LegendEntry> legend() {
    List<LegendEntry> entries = new ArrayList<>();
    int distinct = Math.min(data.trials().size(), TrialStyle.DISTINCT);

    for (int rank = 0; rank < distinct; rank++) {
      TrialStyle style = TrialStyle.of(rank);
      entries.add(LegendEntry.line(label(data.trials().get(rank)), style.color(), style.stroke()));
    }

    int rest = data.trials().size() - distinct;

    if (rest > 0) {
      entries.add(
          LegendEntry.line(
              rest + (rest == 1 ? " more trial" : " more trials"),
              TrialStyle.REST,
              PlotStyle.solid(1)));
    }

    return entries;
  }

  private static String value(TrialRow trial) {
    return MetricText.of(trial.rankedBy(), trial.rankedValue());
  }

  private static String label(TrialRow trial) {
    String result =
        switch (trial.status()) {
          case COMPLETED -> value(trial);
          case DIVERGED -> "diverged";
          case FAILED -> "failed";
          case STOPPED -> "stopped at " + Numbers.percent(trial.bestValAccuracy());
        };
    return trial.trialId() + ": " + Schedule.of(trial).label() + ", " + result;
  }
}
