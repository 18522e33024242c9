package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.schedule.Schedule;

class TrialGridTest {
  private static final TrialRange RANGE = TrialRange.given(new LrRange(0.01, 0.1));
  private static final int BATCH = 10;

  private static TrialGrid grid(
      List<TrialPolicy> policies, List<Double> stepSizes, List<Long> seeds, int epochs) {
    return new TrialGrid(policies, stepSizes, List.of(RANGE), seeds, 1, BATCH, epochs);
  }

  private static TrialGrid triangular(Double... stepSizes) {
    return grid(List.of(TrialPolicy.TRIANGULAR), List.of(stepSizes), List.of(1L), 4);
  }

  /** Two steps to an epoch: all three are one step. */
  @Test
  void stepSizesThatAreTheSameInStepsAreOneTrialAndThatIsSaid() {
    TrialGrid grid = triangular(0.25, 0.3, 0.5, 1.0);

    assertThat(grid.trials(2 * BATCH))
        .extracting(Trial::id, Trial::stepSizeEpochs, Trial::stepSizeSteps)
        .containsExactly(tuple("trial-01", 0.25, 1L), tuple("trial-02", 1.0, 2L));
    assertThat(grid.merged(2 * BATCH))
        .containsExactly(
            "trial-01 (triangular, step size 0.25 epochs, seed 1) stands for triangular, step size"
                + " 0.3 epochs, seed 1 and for triangular, step size 0.5 epochs, seed 1 too, with"
                + " the same learning rate in every step");
  }

  @Test
  void whereTheyDifferEachIsATrialAndNothingIsSaid() {
    TrialGrid grid = triangular(0.25, 0.3, 0.5);

    assertThat(grid.trials(20 * BATCH))
        .extracting(Trial::stepSizeSteps)
        .containsExactly(5L, 6L, 10L);
    assertThat(grid.merged(20 * BATCH)).isEmpty();
  }

  /** Triangular2 halves from the second cycle on, and exp_range with gamma 1 never. */
  @Test
  void policiesThatDifferInNoStepAreOneTrial() {
    List<TrialPolicy> policies =
        List.of(TrialPolicy.TRIANGULAR, TrialPolicy.TRIANGULAR2, TrialPolicy.EXP_RANGE);

    assertThat(grid(policies, List.of(1.0), List.of(1L), 2).trials(50)).hasSize(1);
    assertThat(grid(policies, List.of(1.0), List.of(1L), 3).trials(50))
        .extracting(Trial::policy)
        .containsExactly(TrialPolicy.TRIANGULAR, TrialPolicy.TRIANGULAR2);
  }

  @Test
  void aSeedThatIsGivenTwiceIsTriedOnce() {
    TrialGrid grid = grid(List.of(TrialPolicy.CONSTANT), List.of(1.0), List.of(7L, 8L, 7L), 2);

    assertThat(grid.trials(50)).extracting(Trial::seed).containsExactly(7L, 8L);
    assertThat(grid.merged(50))
        .containsExactly(
            "trial-01 (constant, seed 7) stands for constant, seed 7 too, with the same learning"
                + " rate in every step");
  }

  /** What the methods say is compared, even where they say the same. */
  @Test
  void twoMethodsWithOneRangeHaveATrialEach() {
    LrRange bounds = new LrRange(0.01, 0.1);
    TrialGrid grid =
        new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(1.0),
            List.of(TrialRange.by("valley", bounds), TrialRange.by("descent", bounds)),
            List.of(1L),
            1,
            BATCH,
            2);

    assertThat(grid.trials(50)).hasSize(2);
  }

  @Test
  void idsAreAsLongAsTheirNumberNeedsInWhateverLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    try {
      List<Long> seeds = LongStream.rangeClosed(1, 100).boxed().toList();
      List<Trial> trials = grid(List.of(TrialPolicy.TRIANGULAR), List.of(1.0), seeds, 2).trials(50);

      assertThat(trials).hasSize(100);
      assertThat(trials.get(0).id()).isEqualTo("trial-001");
      assertThat(trials.get(99).id()).isEqualTo("trial-100");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void onePolicyHasNoStepSizeAndSomeHaveNoLowerBoundEither() {
    TrialGrid grid =
        new TrialGrid(
            List.of(TrialPolicy.ONE_CYCLE, TrialPolicy.LINEAR, TrialPolicy.COSINE_RESTARTS),
            List.of(1.0, 2.0),
            List.of(
                TrialRange.given(new LrRange(0.01, 0.1)), TrialRange.given(new LrRange(0.02, 0.1))),
            List.of(1L),
            1,
            BATCH,
            6);

    assertThat(grid.trials(50))
        .extracting(Trial::policy, Trial::stepSizeEpochs, Trial::stepSizeSteps, Trial::baseLr)
        .containsExactly(
            tuple(TrialPolicy.ONE_CYCLE, 3.0, 15L, 0.01),
            tuple(TrialPolicy.LINEAR, 6.0, 30L, 0.1),
            tuple(TrialPolicy.COSINE_RESTARTS, 1.0, 5L, 0.01),
            tuple(TrialPolicy.COSINE_RESTARTS, 2.0, 10L, 0.01),
            tuple(TrialPolicy.ONE_CYCLE, 3.0, 15L, 0.02),
            tuple(TrialPolicy.COSINE_RESTARTS, 1.0, 5L, 0.02),
            tuple(TrialPolicy.COSINE_RESTARTS, 2.0, 10L, 0.02));
  }

  /** Thirty steps: the climb has 9, so its peak is at step 8, and the cycles have 10 each. */
  @Test
  void policiesAreTheSchedulesOfTheirPapers() {
    List<Trial> trials =
        grid(
                List.of(TrialPolicy.ONE_CYCLE, TrialPolicy.LINEAR, TrialPolicy.COSINE_RESTARTS),
                List.of(1.0),
                List.of(1L),
                6)
            .trials(50);

    Schedule oneCycle = trials.get(0).schedule();
    assertThat(oneCycle.learningRate(0)).isEqualTo(0.01);
    assertThat(oneCycle.learningRate(8)).isEqualTo(0.1);
    assertThat(oneCycle.learningRate(29)).isCloseTo(1e-6, within(1e-18));
    assertThat(oneCycle.momentum(8)).hasValueCloseTo(0.85, within(1e-15));
    assertThat(oneCycle.momentum(29)).hasValueCloseTo(0.95, within(1e-15));
    Schedule linear = trials.get(1).schedule();
    assertThat(linear.learningRate(0)).isEqualTo(0.1);
    assertThat(linear.learningRate(15)).isEqualTo(0.05);
    assertThat(linear.learningRate(30)).isZero();
    Schedule restarts = trials.get(2).schedule();
    assertThat(restarts.learningRate(10)).isEqualTo(0.1);
    assertThat(restarts.learningRate(15)).isCloseTo(0.055, within(1e-15));
  }

  @Test
  void aTrainingSetSmallerThanABatchIsRefused() {
    assertThatThrownBy(() -> triangular(1.0).trials(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch-size must be <= the number of training examples (9), found 10");
  }
}
