package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** The points of a curve, on their way from a file's table. */
final class CurvePoints {

  /** Above it an accuracy is in per cent; below, it is 1 and a rounding error. */
  private static final double HIGHEST_FRACTION = 1 + 1e-6;

  private final CurveTable table;
  private final ColumnChoice choice;
  private final CellNumbers numbers;
  private final List<String> notes = new ArrayList<>();

  private record Point(String place, double lr, double loss, double smoothed, double accuracy) {}

  private CurvePoints(CurveTable table, CurveColumns columns) {
    this.table = table;
    this.choice = ColumnChoice.of(table, columns);
    this.numbers = new CellNumbers(table, choice.all());
  }

  static CurveReading of(CurveTable table, CurveColumns columns) {
    if (table.rows().isEmpty()) {
      throw table.problem("has no rows; a curve needs at least one with lr and loss");
    }
    CurvePoints points = new CurvePoints(table, columns);
    Curve curve = points.curve();
    return new CurveReading(curve, points.taken(curve));
  }

  private Curve curve() {
    List<Point> points = points();
    Curve curve =
        Curve.of(
            column(points, Point::lr),
            column(points, Point::loss),
            choice.smoothed().isPresent() ? column(points, Point::smoothed) : new double[0],
            choice.accuracy().isPresent() ? fractions(points) : new double[0]);
    if (curve.size() == 0) {
      throw table.problem("has no rows with a learning rate > 0; a curve needs at least one");
    }
    return curve;
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (CurveTable.Row row : table.rows()) {
      if (row.isBeyond(choice.lr(), choice.loss())) {
        continue;
      }
      Point point =
          new Point(
              row.place(),
              numbers.value(row, choice.lr()),
              numbers.value(row, choice.loss()),
              optional(row, choice.smoothed()),
              optional(row, choice.accuracy()));
      if (Double.isNaN(point.lr) && Double.isNaN(point.loss)) {
        empty.add(row.place());
      } else if (point.lr >= 0 && Double.isFinite(point.lr)) {
        points.add(point);
      } else {
        throw table.problem(
            "must have a learning rate that is finite and >= 0 for "
                + ColumnChoice.named(table, choice.lr())
                + " in "
                + row.place()
                + ", found "
                + (Double.isNaN(point.lr) ? "none beside a loss" : point.lr));
      }
    }
    if (!empty.isEmpty()) {
      notes.add(
          "without "
              + empty.get(0)
              + (empty.size() == 1 ? "" : " and " + (empty.size() - 1) + " more")
              + " (neither learning rate nor loss)");
    }
    return points;
  }

  private double optional(CurveTable.Row row, OptionalInt column) {
    return column.isPresent() ? numbers.value(row, column.getAsInt()) : Double.NaN;
  }

  private double[] fractions(List<Point> points) {
    double highest =
        points.stream().mapToDouble(Point::accuracy).filter(a -> a >= 0).max().orElse(0);
    boolean percent = highest > HIGHEST_FRACTION;
    if (percent) {
      notes.add("accuracy in per cent");
    }
    for (Point point : points) {
      if (point.accuracy < 0 || point.accuracy > 100 * HIGHEST_FRACTION) {
        throw table.problem(
            "must have an accuracy from 0 to 1, or from 0 to 100 per cent, in "
                + point.place
                + ", found "
                + point.accuracy);
      }
    }
    return points.stream()
        .mapToDouble(point -> percent ? point.accuracy / 100 : point.accuracy)
        // Keeps NaN.
        .map(accuracy -> accuracy > 1 ? 1 : accuracy)
        .toArray();
  }

  private static double[] column(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private String taken(Curve curve) {
    List<String> said = new ArrayList<>();
    said.add("took lr from column " + quoted(choice.lr()));
    said.add("loss from " + quoted(choice.loss()));
    choice.smoothed().ifPresent(column -> said.add("smoothed_loss from " + quoted(column)));
    choice.accuracy().ifPresent(column -> said.add("accuracy from " + quoted(column)));
    said.addAll(table.form());
    numbers.form().ifPresent(said::add);
    said.add(curve.size() + (curve.size() == 1 ? " point" : " points"));
    said.addAll(notes);
    return String.join(", ", said);
  }

  private String quoted(int column) {
    String name = table.names().get(column);
    return name.isEmpty() ? String.valueOf(column + 1) : "'" + name + "'";
  }
}
