package org.lrsweep.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One pair of axes with lines, points and areas; what is outside the axes is cut off. */
final class Panel implements Drawing {
  private static final Color GRID = new Color(0xe3, 0xe6, 0xea);

  private final XYChart chart;
  private final Axis x;
  private final Axis y;

  Panel(String title, Axis x, Axis y) {
    this.chart =
        new XYChartBuilder()
            .theme(ChartTheme.XChart)
            .title(title)
            .xAxisTitle(x.title())
            .yAxisTitle(y.title())
            .build();
    this.x = x;
    this.y = y;
    style(chart.getStyler());
    addRuler();
  }

  private void style(XYStyler style) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setChartPadding(14);
    style.setChartTitleVisible(!chart.getTitle().isEmpty());
    style.setChartTitleFont(PlotStyle.font(Font.BOLD, 13));
    style.setChartTitleBoxVisible(false);
    style.setChartFontColor(PlotStyle.INK);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderColor(GRID);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotMargin(0);
    style.setPlotContentSize(1);
    style.setLegendVisible(false);
    style.setAxisTickMarksColor(GRID);
    style.setAxisTickLabelsColor(PlotStyle.FAINT_INK);
    style.setAxisTickLabelsFont(PlotStyle.font(Font.PLAIN, 13));
    style.setAxisTitleFont(PlotStyle.font(Font.PLAIN, 14));
    style.setXAxisTitleVisible(!x.title().isEmpty());
    style.setYAxisTitleVisible(!y.title().isEmpty());
    style.setXAxisTickMarkSpacingHint(64);
    style.setYAxisTickMarkSpacingHint(56);
    style.setXAxisMin(x.min());
    style.setXAxisMax(x.max());
    style.setYAxisMin(y.min());
    style.setYAxisMax(y.max());
    style.setxAxisTickLabelsFormattingFunction(x.format());
    style.setyAxisTickLabelsFormattingFunction(y.format());
    style.setLocale(Locale.ROOT);
    style.setMarkerSize(PlotStyle.MARKER_SIZE);
  }

  /** Invisible points: XChart puts its ticks on evenly spaced data, else on round numbers. */
  private void addRuler() {
    double[] xs = {x.max(), (x.min() + x.max()) / 2, x.min()};
    double[] ys = {y.max(), (y.min() + y.max()) / 2, y.min()};
    XYSeries ruler = series("ruler", xs, ys);
    ruler.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    ruler.setMarker(SeriesMarkers.NONE);
  }

  /** Adds a line; a point that isn't finite leaves a gap. */
  void addLine(double[] xs, double[] ys, Color color, BasicStroke stroke) {
    XYSeries series = series("line", xs, finite(ys));
    // A line of one point would be invisible.
    series.setMarker(xs.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(color);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setLineWidth(stroke.getLineWidth());
  }

  void addPoints(double[] xs, double[] ys, Color color, Marker marker) {
    XYSeries series = series("points", xs, finite(ys));
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  /** Fills the panel from one x to another. */
  void addBand(double from, double to, Color color) {
    double left = x.inside(from);
    double right = x.inside(to);
    double[] xs = {left, left, right, right};
    double[] ys = {y.min(), y.max(), y.max(), y.min()};
    XYSeries series = series("band", xs, ys);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setMarker(SeriesMarkers.NONE);
  }

  /** Fills the space between two lines. */
  void addArea(double[] xs, double[] lows, double[] highs, Color color) {
    double[] outlineXs = new double[2 * xs.length];
    double[] outlineYs = new double[2 * xs.length];

    for (int i = 0; i < xs.length; i++) {
      int back = outlineXs.length - 1 - i;
      outlineXs[i] = xs[i];
      outlineYs[i] = y.inside(orTop(lows[i]));
      outlineXs[back] = xs[i];
      outlineYs[back] = y.inside(orTop(highs[i]));
    }

    XYSeries series = series("area", outlineXs, outlineYs);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setMarker(SeriesMarkers.NONE);
  }

  private double orTop(double value) {
    return Double.isNaN(value) ? y.max() : value;
  }

  private XYSeries series(String kind, double[] xs, double[] ys) {
    return chart.addSeries(kind + " " + chart.getSeriesMap().size(), xs, ys);
  }

  /** XChart leaves a gap for NaN, but can't place an infinity. */
  private static double[] finite(double[] values) {
    double[] finite = values.clone();

    for (int i = 0; i < finite.length; i++) {
      finite[i] = Double.isFinite(finite[i]) ? finite[i] : Double.NaN;
    }

    return finite;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    chart.paint(graphics, width, height);
  }

  /**
   * An axis.
   *
   * @param title empty for none
   * @param format of the labels; a value whose label another one has too gets none
   */
  record Axis(String title, double min, double max, Function<Double, String> format) {
    Axis {
      if (!(min < max) || !Double.isFinite(max - min)) {
        throw new IllegalArgumentException(
            "an axis must go from a lower to a higher number, found " + min + " to " + max);
      }
    }

    double inside(double value) {
      return Math.min(max, Math.max(min, value));
    }
  }
}
