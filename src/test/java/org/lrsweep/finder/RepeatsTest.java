package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.curve.SyntheticCurve;
import org.lrsweep.finder.Repeats.Repeat;
import org.lrsweep.results.FinderCurveRow;
import org.lrsweep.results.FinderStepRow;

class RepeatsTest {

  private static FinderResult result(List<FinderStep> steps) {
    return new FinderResult(
        steps,
        Collections.nCopies(steps.size(), 64L),
        Collections.nCopies(steps.size(), 0.25),
        Optional.of(StopReason.DIVERGED));
  }

  private static FinderResult tutorial(long seed) {
    return result(SyntheticCurve.ofTheTutorial().points(600).seed(seed).steps());
  }

  private static Repeats three() {
    return new Repeats(
        List.of(
            new Repeat(0, tutorial(1)), new Repeat(1, tutorial(2)), new Repeat(2, tutorial(3))));
  }

  @Test
  void theReasonTellsHowFarTheRepeatsAreApart() {
    List<Double> upper =
        java.util.stream.LongStream.of(1, 2, 3)
            .mapToObj(seed -> RangeMethods.of("descent").suggest(tutorial(seed).curve()))
            .map(answer -> answer.maxLr().getAsDouble())
            .sorted()
            .toList();

    Suggestion descent = three().suggestions().get(0);

    assertThat(descent.isRange()).isTrue();
    assertThat(descent.reason())
        .contains("Of the 3 repeats alone, all give a range, from ")
        .endsWith(String.format(Locale.ROOT, "%.2e ... %.2e.", upper.get(0), upper.get(2)));
    assertThat(three().suggestions().get(1).reason())
        .contains("Of the 3 repeats alone, all give a learning rate, ");
  }

  @Test
  void aMethodAnswersByItsName() {
    assertThat(three().suggest("descent")).isEqualTo(three().suggestions().get(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three().suggest("guess"))
        .withMessageStartingWith("A range method must be one of descent, ");
  }

  @Test
  void aRepeatThatDivergesEarlyNeitherEndsTheCurveNorMovesItFar() {
    List<FinderStep> whole = tutorial(1).steps();
    Repeats tests =
        new Repeats(
            List.of(
                new Repeat(0, result(whole)),
                new Repeat(1, result(whole.subList(0, 100))),
                new Repeat(3, tutorial(2))));

    List<FinderCurveRow> rows = tests.curveRows("r-1");

    assertThat(rows).hasSizeGreaterThan(500);
    assertThat(rows.get(99).repeats()).isEqualTo(3);
    assertThat(rows.get(100).repeats()).isEqualTo(2);
    // One of the three counts as infinite, so the median is the larger of the other two.
    double other = tutorial(2).steps().get(300).smoothedLoss();
    assertThat(rows.get(300).smoothedLoss())
        .isEqualTo(Math.max(whole.get(300).smoothedLoss(), other));
    assertThat(rows.get(300).smoothedLossHigh()).isInfinite();
    assertThat(tests.suggestions().get(0).isRange()).isTrue();
    assertThat(tests.suggestions().get(0).reason())
        .contains("Of the 3 repeats alone, 2 give a range");
    assertThat(tests.stepRows("r-1"))
        .extracting(FinderStepRow::repeat)
        .containsOnly(0, 1, 3)
        .filteredOn(repeat -> repeat == 1)
        .hasSize(100);
  }

  @Test
  void oneTestIsItsOwnMedian() {
    Repeats one = new Repeats(List.of(new Repeat(0, tutorial(1))));

    assertThat(one.combined().median()).isEqualTo(tutorial(1).curve());
    assertThat(one.suggestions()).isEqualTo(RangeMethods.suggestAll(tutorial(1).curve()));
    assertThat(one.curveRows("r-1"))
        .allSatisfy(
            row -> {
              assertThat(row.smoothedLossLow()).isEqualTo(row.smoothedLossHigh());
              assertThat(row.accuracy()).isEqualTo(0.25);
            });
    assertThat(one.answerRows("r-1")).hasSameSizeAs(RangeMethods.all());
  }

  @Test
  void whatWasRecordedGivesTheSameRowsAgain() {
    Repeats read = Repeats.of(three().stepRows("r-1")).orElseThrow();

    assertThat(read.curveRows("r-1")).isEqualTo(three().curveRows("r-1"));
    assertThat(read.suggestions()).isEqualTo(three().suggestions());
    assertThat(read.stepRows("r-1")).isEqualTo(three().stepRows("r-1"));
    assertThat(Repeats.of(List.of())).isEmpty();
  }

  @Test
  void noTestIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Repeats(List.of()))
        .withMessage("At least one range test is needed, found none");
  }
}
