package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.curve.HurtCurve.Hurt;

/** What descent answers to hurt curves, and the table of it in the documentation. */
class HurtCurvesTest {

  private static final int SEEDS = 40;
  private static final double FACTOR = 2;
  private static final Path FILE = Path.of("docs", "experiments", "range-methods", "README.md");
  private static final String BEGIN = "<!-- Written by HurtCurvesTest with -Ddocs.write=true -->\n";
  private static final String END = "<!-- End of what HurtCurvesTest writes -->\n";

  private static final Map<Hurt, List<Answer>> ANSWERS = new EnumMap<>(Hurt.class);

  /** The answer to a hurt curve, beside that to the clean one. */
  private record Answer(long seed, HurtCurve curve, Suggestion hurt, Suggestion clean) {

    /** How many times too high or too low, {@code >= 1}. */
    double lowerOff() {
      return off(hurt.minLr().orElseThrow(), clean.minLr().orElseThrow());
    }

    double upperOff() {
      return off(hurt.maxLr().orElseThrow(), clean.maxLr().orElseThrow());
    }

    private static double off(double one, double other) {
      return Math.max(one, other) / Math.min(one, other);
    }
  }

  @BeforeAll
  static void askDescent() {
    RangeMethod descent = RangeMethods.of("descent");
    for (Hurt hurt : Hurt.values()) {
      List<Answer> answers = new ArrayList<>();
      for (long seed = 0; seed < SEEDS; seed++) {
        HurtCurve curve = hurt.draw(seed);
        answers.add(
            new Answer(seed, curve, descent.suggest(curve.hurt()), descent.suggest(curve.clean())));
      }
      ANSWERS.put(hurt, answers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerIsNearThatToTheCleanCurveOrARefusalWithItsReason(Hurt hurt) {
    for (Answer answer : ANSWERS.get(hurt)) {
      String seed = "seed " + answer.seed() + ": " + answer.hurt().reason();
      assertThat(answer.hurt().isRange()).as(seed).isEqualTo(hurt.hasRange());
      assertThat(hurt.reasons()).as(seed).anyMatch(answer.hurt().reason()::contains);
      if (hurt.hasRange()) {
        assertThat(answer.upperOff()).as(seed).isBetween(1.0, FACTOR);
      }
      if (hurt == Hurt.IN_THE_FALL) {
        assertThat(answer.hurt().minLr()).as(seed).hasValue(answer.curve().hurt().lr(0));
      } else if (hurt.hasRange() && hurt.tellsLowerBound()) {
        assertThat(answer.lowerOff()).as(seed).isBetween(1.0, FACTOR);
      }
    }
  }

  @Test
  void theDocumentationHasTheFigures() throws IOException {
    String text = Files.readString(FILE);
    int start = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);

    if (Boolean.getBoolean("docs.write")) {
      text = text.substring(0, start) + table() + text.substring(end);
      Files.writeString(FILE, text);
      end = text.indexOf(END);
    }

    assertThat(text.substring(start, end)).isEqualTo(table());
  }

  private static String table() {
    StringBuilder text =
        new StringBuilder(
            "| curves | how many | ranges | refused | lower bound off: median, worst | upper bound"
                + " off: median, worst | the reason says |\n|---|---|---|---|---|---|---|\n");
    ANSWERS.forEach(
        (hurt, answers) -> {
          List<Answer> ranges = answers.stream().filter(answer -> answer.hurt().isRange()).toList();
          text.append("| ").append(hurt.meaning());
          text.append(" | ").append(answers.size());
          text.append(" | ").append(ranges.size());
          text.append(" | ").append(answers.size() - ranges.size());
          text.append(" | ");
          text.append(hurt == Hurt.IN_THE_FALL ? "the first rate" : off(ranges, Answer::lowerOff));
          text.append(" | ").append(off(ranges, Answer::upperOff));
          text.append(" | ... ").append(String.join(" ... or ... ", hurt.reasons()));
          text.append(" ... |\n");
        });
    return text.toString();
  }

  private static String off(List<Answer> ranges, ToDoubleFunction<Answer> off) {
    double[] sorted = ranges.stream().mapToDouble(off).sorted().toArray();
    return sorted.length == 0
        ? ""
        : Reasons.text(
            "%.2f, %.2f", Robust.median(sorted, 0, sorted.length), sorted[sorted.length - 1]);
  }
}
