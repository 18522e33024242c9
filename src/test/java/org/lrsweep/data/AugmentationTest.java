package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.data.Augmentation.Flip;
import org.lrsweep.data.Augmentation.Motion;

class AugmentationTest {

  private static final int DRAWS = 20_000;

  private final Augmentation tutorial = new Augmentation(0.1, Flip.HORIZONTAL);

  @Test
  void movesPixelsAsSciPyDoes() {
    List<Motion> motions =
        List.of(
            new Motion(0, 0, false),
            new Motion(1.25, -2.5, false),
            new Motion(-3.2, 3.1999, true),
            new Motion(0.3, 0, true),
            new Motion(-2, 3, false),
            new Motion(2.8, 2.8, true));
    ImageSet images = Oracle.images();
    float[] moved = new float[images.size() * motions.size() * 28 * 28];
    ImageMover mover = new ImageMover(28, 28);

    for (int i = 0; i < images.size(); i++) {
      for (int j = 0; j < motions.size(); j++) {
        mover.move(
            images.pixels(),
            i * 28 * 28,
            motions.get(j),
            moved,
            (i * motions.size() + j) * 28 * 28);
      }
    }

    assertThat(moved).containsExactly(Oracle.floats("scipy-moved-18x28x28.bin"), within(1e-6f));
  }

  @Test
  void shiftsUniformlyWithinTheFractionOfEachSide() {
    double[] rows = draw().mapToDouble(i -> motion(i).rows()).toArray();
    double[] cols = draw().mapToDouble(i -> motion(i).cols()).toArray();

    assertUniform(rows, 3.2);
    assertUniform(cols, 6.4);
  }

  @Test
  void flipsHalfOfTheExamples() {
    long flipped = draw().filter(i -> motion(i).flipped()).count();

    // Five standard deviations of a binomial distribution.
    assertThat(flipped).isCloseTo(DRAWS / 2, within(354L));
  }

  @Test
  void drawsAnewForEachEpochExampleAndSeed() {
    List<Motion> motions =
        List.of(
            tutorial.motion(1, 0, 0, 32, 32),
            tutorial.motion(1, 0, 1, 32, 32),
            tutorial.motion(1, 1, 0, 32, 32),
            tutorial.motion(2, 0, 0, 32, 32));

    assertThat(motions).doesNotHaveDuplicates();
    assertThat(tutorial.motion(1, 0, 0, 32, 32)).isEqualTo(motions.get(0));
  }

  @Test
  void neverFlipsUnlessAskedTo() {
    Augmentation shifts = new Augmentation(0.1, Flip.NONE);

    assertThat(draw().mapToObj(i -> shifts.motion(7, 0, i, 32, 32).flipped())).containsOnly(false);
  }

  @Test
  void noneLeavesImagesAsTheyAre() {
    assertThat(draw().mapToObj(i -> Augmentation.none().motion(7, 3, i, 32, 32)))
        .allMatch(motion -> motion.rows() == 0 && motion.cols() == 0 && !motion.flipped());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesAFractionOutOfRange(double fraction) {
    assertThatThrownBy(() -> new Augmentation(fraction, Flip.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shiftFraction must be at least 0 and below 1, found " + fraction);
  }

  @Property(tries = 200)
  void interpolatesNeverBeyondTheImagesValues(
      @ForAll @DoubleRange(min = -27.9, max = 27.9) double rows,
      @ForAll @DoubleRange(min = -27.9, max = 27.9) double cols,
      @ForAll @IntRange(max = 2) int image) {
    float[] moved = new float[28 * 28];

    new ImageMover(28, 28)
        .move(Oracle.images().pixels(), image * 28 * 28, new Motion(rows, cols, true), moved, 0);

    for (float value : moved) {
      assertThat(value).isBetween(0f, 1.000001f);
    }
  }

  private static IntStream draw() {
    return IntStream.range(0, DRAWS);
  }

  private Motion motion(int index) {
    return tutorial.motion(42, 3, index, 32, 64);
  }

  /** The first two moments and the extremes, with room for five standard deviations and more. */
  private static void assertUniform(double[] values, double limit) {
    DoubleSummaryStatistics statistics = Arrays.stream(values).summaryStatistics();
    double meanSquare = Arrays.stream(values).map(value -> value * value).average().orElseThrow();

    assertThat(statistics.getMax()).isBetween(0.99 * limit, limit);
    assertThat(statistics.getMin()).isBetween(-limit, -0.99 * limit);
    assertThat(statistics.getAverage()).isCloseTo(0, within(0.03 * limit));
    assertThat(meanSquare).isCloseTo(limit * limit / 3, within(0.02 * limit * limit));
  }
}
