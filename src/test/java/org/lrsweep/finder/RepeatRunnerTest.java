package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.lrsweep.curve.SyntheticCurve;
import org.lrsweep.finder.Repeats.Repeat;

class RepeatRunnerTest {
  private final List<String> heard = new ArrayList<>();
  private final RepeatRunner.Listener listener =
      new RepeatRunner.Listener() {
        @Override
        public void ended(Repeat test) {
          heard.add("ended " + test.number());
        }

        @Override
        public void failed(int number, Throwable cause) {
          heard.add("failed " + number + ": " + cause.getMessage());
        }
      };

  private static FinderResult result(int seed) {
    List<FinderStep> steps = SyntheticCurve.ofTheTutorial().points(30).seed(seed).steps();
    List<Long> examples = steps.stream().map(step -> 1L).toList();
    return new FinderResult(
        steps, examples, Collections.nCopies(steps.size(), 1.0), Optional.empty());
  }

  @Test
  void asManyTestsRunAtTheSameTimeAsAreAllowedTo() {
    CyclicBarrier allAtWork = new CyclicBarrier(3);

    Repeats tests =
        new RepeatRunner(3, 3, listener, () -> {})
            .run(
                number -> {
                  try {
                    allAtWork.await(60, TimeUnit.SECONDS);
                  } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                  }
                  return result(number);
                });

    assertThat(tests.tests())
        .containsExactly(
            new Repeat(0, result(0)), new Repeat(1, result(1)), new Repeat(2, result(2)));
    assertThat(heard).containsExactly("ended 0", "ended 1", "ended 2");
  }

  @Test
  void aTestThatFailsIsLeftOut() {
    Repeats tests =
        new RepeatRunner(3, 1, listener, () -> {})
            .run(
                number -> {
                  if (number == 1) {
                    throw new IllegalStateException("no luck");
                  }
                  return result(number);
                });

    assertThat(tests.tests()).extracting(Repeat::number).containsExactly(0, 2);
    assertThat(heard).containsExactly("ended 0", "failed 1: no luck", "ended 2");
  }

  @Test
  void ifAllFailTheLastFailureIsThrown() {
    assertThatThrownBy(
            () ->
                new RepeatRunner(2, 2, listener, () -> {})
                    .run(
                        number -> {
                          throw new IllegalStateException("test " + number);
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("test 1");
  }

  @Test
  void theListenerMayBreakOffAll() {
    RepeatRunner.Listener strict =
        new RepeatRunner.Listener() {
          @Override
          public void failed(int number, Throwable cause) {
            throw new IllegalStateException("enough", cause);
          }
        };

    assertThatThrownBy(
            () ->
                new RepeatRunner(2, 1, strict, () -> {})
                    .run(
                        number -> {
                          if (number == 0) {
                            throw new IllegalStateException("no luck");
                          }
                          return result(number);
                        }))
        .hasMessage("enough")
        .hasRootCauseMessage("no luck");
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatRunner(0, 1, listener, () -> {}))
        .withMessage("repeats must be >= 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatRunner(1, 0, listener, () -> {}))
        .withMessage("atOnce must be >= 1, found 0");
  }
}
