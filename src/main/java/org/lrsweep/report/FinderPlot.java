package org.lrsweep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.lrsweep.results.FinderCurveRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.terminal.Numbers;

/** The finder's curve: loss by learning rate, the chosen range, and what every method said. */
final class FinderPlot {
  private static final Color RAW = new Color(0xc3, 0xcc, 0xd8);
  private static final Color SMOOTHED = new Color(0x00, 0x72, 0xb2);
  private static final BasicStroke RAW_STROKE = PlotStyle.solid(1);
  private static final BasicStroke SMOOTHED_STROKE = PlotStyle.solid(2.6f);
  private static final Color SPREAD = new Color(0xd6, 0xe6, 0xf4);
  private static final Color RANGE = new Color(0xe0, 0xf1, 0xdf);
  private static final List<Color> METHODS =
      List.of(
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x7f, 0x3c, 0x8d),
          new Color(0x22, 0x26, 0x2b),
          new Color(0xc2, 0x18, 0x5b),
          new Color(0xb8, 0x86, 0x0b));
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.DIAMOND,
          SeriesMarkers.CIRCLE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS);

  private final String source;
  private final List<FinderSuggestionRow> suggestions;
  private final FinderCurve curve;
  private final List<FinderCurveRow> spread;
  private final LrAxis axis;
  private final Panel panel;
  private final List<LegendEntry> legend = new ArrayList<>();

  private FinderPlot(
      String source,
      List<FinderStepRow> steps,
      List<FinderCurveRow> spread,
      List<FinderSuggestionRow> suggestions) {
    this.source = source;
    this.suggestions = suggestions;
    this.curve = FinderCurve.of(steps);
    this.spread = spread;
    this.axis = LrAxis.of(steps);
    this.panel =
        new Panel(
            "",
            axis.from(curve.lowestLr(), curve.highestLr()),
            new Panel.Axis("loss", curve.lowestLoss(), curve.highestLoss(), Numbers::rate));
  }

  /** The figure of a run that has a finder. */
  static Figure of(RunData data) {
    String source = data.run().runId() + ", " + data.run().dataset();
    return new FinderPlot(source, data.finderSteps(), data.finderSpread(), data.suggestions())
        .figure();
  }

  /** The figure of a curve from anywhere. */
  static Figure of(
      String source, List<FinderStepRow> steps, List<FinderSuggestionRow> suggestions) {
    return new FinderPlot(source, steps, List.of(), suggestions).figure();
  }

  private Figure figure() {
    Optional<FinderSuggestionRow> chosen =
        suggestions.stream().filter(FinderSuggestionRow::selected).findFirst();
    chosen.ifPresent(this::addRange);
    addSpread();
    addCurves();
    List<FinderSuggestionRow> others =
        suggestions.stream()
            .filter(suggestion -> !suggestion.equals(chosen.orElse(null)))
            .filter(suggestion -> suggestion.lr() != null || suggestion.minLr() != null)
            .toList();

    for (int i = 0; i < others.size(); i++) {
      addSuggestion(
          others.get(i), METHODS.get(i % METHODS.size()), MARKERS.get(i % MARKERS.size()));
    }

    return new Figure(
        "Learning rate finder", source + ", " + curve.extent(), panels(chosen), 560, legend);
  }

  private void addRange(FinderSuggestionRow chosen) {
    panel.addBand(axis.at(chosen.minLr()), axis.at(chosen.maxLr()), RANGE);
    legend.add(LegendEntry.area("chosen range " + label(chosen), RANGE));
  }

  /** Smith's form shows the accuracy too. */
  private List<List<Drawing>> panels(Optional<FinderSuggestionRow> chosen) {
    if (!axis.isLinear() || !curve.hasAccuracy()) {
      return List.of(List.of(panel));
    }

    Panel accuracy =
        new Panel(
            "",
            axis.from(curve.lowestLr(), curve.highestLr()),
            new Panel.Axis("accuracy", 0, 1, Numbers::plain));
    chosen.ifPresent(
        range -> accuracy.addBand(axis.at(range.minLr()), axis.at(range.maxLr()), RANGE));
    double[] places = places(curve.shown());
    accuracy.addLine(places, curve.accuracies(), RAW, RAW_STROKE);
    accuracy.addLine(places, curve.meanAccuracies(), SMOOTHED, SMOOTHED_STROKE);
    return List.of(List.of(panel), List.of(accuracy));
  }

  private double[] places(List<FinderStepRow> steps) {
    return steps.stream().mapToDouble(step -> axis.at(step.lr())).toArray();
  }

  private void addSpread() {
    List<FinderCurveRow> shown =
        spread.stream()
            .filter(row -> row.lr() >= curve.lowestLr() && row.lr() <= curve.highestLr())
            .toList();
    if (shown.size() < 2) {
      return;
    }
    panel.addArea(
        shown.stream().mapToDouble(row -> axis.at(row.lr())).toArray(),
        shown.stream().mapToDouble(FinderCurveRow::smoothedLossLow).toArray(),
        shown.stream().mapToDouble(FinderCurveRow::smoothedLossHigh).toArray(),
        SPREAD);
    int repeats = shown.stream().mapToInt(FinderCurveRow::repeats).max().orElseThrow();
    legend.add(LegendEntry.area("the middle half of " + repeats + " repeats", SPREAD));
  }

  private void addCurves() {
    List<FinderStepRow> steps = curve.shown();

    if (steps.isEmpty()) {
      return;
    }

    double[] places = places(steps);
    double[] loss = steps.stream().mapToDouble(FinderStepRow::loss).toArray();
    double[] smoothed = steps.stream().mapToDouble(FinderStepRow::smoothedLoss).toArray();
    panel.addLine(places, loss, RAW, RAW_STROKE);
    panel.addLine(places, smoothed, SMOOTHED, SMOOTHED_STROKE);
    legend.add(LegendEntry.line("smoothed loss", SMOOTHED, SMOOTHED_STROKE));
    legend.add(LegendEntry.line("loss of each step", RAW, RAW_STROKE));
  }

  private void addSuggestion(FinderSuggestionRow suggestion, Color color, Marker marker) {
    DoubleStream rates =
        suggestion.lr() != null
            ? DoubleStream.of(suggestion.lr())
            : DoubleStream.of(suggestion.minLr(), suggestion.maxLr());
    double[] lr = rates.toArray();
    panel.addPoints(
        DoubleStream.of(lr).map(axis::at).toArray(),
        DoubleStream.of(lr).map(curve::smoothedLossAt).toArray(),
        color,
        marker);
    legend.add(LegendEntry.marker(label(suggestion), color, marker));
  }

  private static String label(FinderSuggestionRow suggestion) {
    return Answer.of(suggestion) + " (" + suggestion.method() + ")";
  }
}
