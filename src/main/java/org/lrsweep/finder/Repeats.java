package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.lrsweep.curve.CombinedCurve;
import org.lrsweep.curve.Curve;
import org.lrsweep.curve.CurveCombiner;
import org.lrsweep.curve.RangeMethod;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Reasons;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.results.FinderCurveRow;
import org.lrsweep.results.FinderRepeatRow;
import org.lrsweep.results.FinderStepRow;

/**
 * Range tests that differ in their seeds only, as one: the methods read the median of their curves,
 * and what they make of each curve alone says how far the answer can be trusted.
 *
 * @param tests at least one
 */
public record Repeats(List<Repeat> tests) {

  /**
   * One of the range tests.
   *
   * @param number 0-based
   * @param result its curve
   */
  public record Repeat(int number, FinderResult result) {}

  /**
   * @throws IllegalArgumentException if there is no test
   */
  public Repeats {
    tests = List.copyOf(tests);
    if (tests.isEmpty()) {
      throw new IllegalArgumentException("At least one range test is needed, found none");
    }
  }

  /**
   * The tests that were recorded; why they stopped was not.
   *
   * @param rows of the table finder_steps, of one run, in its order
   * @return empty if there is no row, or a row is of a version that recorded no repeats
   */
  public static Optional<Repeats> of(List<FinderStepRow> rows) {
    if (rows.stream().anyMatch(row -> row.repeat() == null)) {
      return Optional.empty();
    }
    Map<Integer, List<FinderStepRow>> byTest = new TreeMap<>();
    for (FinderStepRow row : rows) {
      byTest.computeIfAbsent(row.repeat(), test -> new ArrayList<>()).add(row);
    }
    List<Repeat> tests = new ArrayList<>();
    byTest.forEach((number, steps) -> tests.add(new Repeat(number, FinderResult.of(steps))));
    return tests.isEmpty() ? Optional.empty() : Optional.of(new Repeats(tests));
  }

  /** The tests' curves combined, with their spread. */
  public CombinedCurve combined() {
    return CurveCombiner.combine(curves());
  }

  private List<Curve> curves() {
    return tests.stream().map(test -> test.result().curve()).toList();
  }

  /**
   * Every method's answer to the combined curve, in the order of {@link RangeMethods#all()}. Of
   * several tests, the reason tells how far the answers to each alone are apart.
   */
  public List<Suggestion> suggestions() {
    return RangeMethods.all().stream().map(method -> suggest(method.name())).toList();
  }

  /**
   * What a range method makes of the combined curve. Of several tests, the reason tells how far the
   * answers to each alone are apart.
   *
   * @param method its name, such as {@code descent}
   * @throws IllegalArgumentException if no method has that name
   */
  public Suggestion suggest(String method) {
    RangeMethod asked = RangeMethods.of(method);
    Suggestion together = asked.suggest(combined().median());
    return tests.size() == 1
        ? together
        : withSpread(together, curves().stream().map(asked::suggest).toList());
  }

  private static Suggestion withSpread(Suggestion together, List<Suggestion> alone) {
    List<Suggestion> answers = alone.stream().filter(answer -> !answer.isNone()).toList();
    String spread =
        answers.isEmpty()
            ? "none gives an answer"
            : answers.get(0).isRange()
                ? answering(answers, alone)
                    + " a range, from "
                    + between(answers, Suggestion::minLr)
                    + " to "
                    + between(answers, Suggestion::maxLr)
                : answering(answers, alone)
                    + " a learning rate, "
                    + between(answers, Suggestion::lr);
    return together.adding(Reasons.text("Of the %d repeats alone, %s.", alone.size(), spread));
  }

  private static String answering(List<Suggestion> answers, List<Suggestion> alone) {
    boolean all = answers.size() == alone.size();
    return (all ? "all" : answers.size()) + (answers.size() == 1 ? " gives" : " give");
  }

  private static String between(
      List<Suggestion> answers, Function<Suggestion, OptionalDouble> value) {
    double[] sorted =
        answers.stream()
            .mapToDouble(answer -> value.apply(answer).getAsDouble())
            .sorted()
            .toArray();
    String low = Reasons.lr(sorted[0]);
    String high = Reasons.lr(sorted[sorted.length - 1]);
    return low.equals(high) ? low : low + " ... " + high;
  }

  /** Every step of every test, as rows of the table finder_steps. */
  public List<FinderStepRow> stepRows(String runId) {
    List<FinderStepRow> rows = new ArrayList<>();
    tests.forEach(test -> rows.addAll(test.result().rows(runId, test.number())));
    return rows;
  }

  /** The combined curve, as rows of the table finder_curve. */
  public List<FinderCurveRow> curveRows(String runId) {
    CombinedCurve combined = combined();
    Curve median = combined.median();
    List<FinderCurveRow> rows = new ArrayList<>();
    for (int i = 0; i < median.size(); i++) {
      int point = i;
      rows.add(
          new FinderCurveRow(
              runId,
              i,
              median.lr(i),
              median.loss(i),
              median.smoothedLoss(i),
              combined.lowerQuartile().smoothedLoss(i),
              combined.upperQuartile().smoothedLoss(i),
              median.hasAccuracy() ? median.accuracy(i) : null,
              (int) tests.stream().filter(test -> test.result().steps().size() > point).count()));
    }
    return rows;
  }

  /** Every method's answer to each test alone, as rows of the table finder_repeats. */
  public List<FinderRepeatRow> answerRows(String runId) {
    List<FinderRepeatRow> rows = new ArrayList<>();
    for (Repeat test : tests) {
      for (Suggestion answer : RangeMethods.suggestAll(test.result().curve())) {
        rows.add(
            new FinderRepeatRow(
                runId,
                test.number(),
                answer.method(),
                orNull(answer.lr()),
                orNull(answer.minLr()),
                orNull(answer.maxLr()),
                answer.reason()));
      }
    }
    return rows;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
