package org.lrsweep.bench.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void runsTwiceIfThereIsNoTime() {
    AtomicInteger runs = new AtomicInteger();

    new WarmUp(Duration.ZERO).run(runs::incrementAndGet);

    assertThat(runs).hasValue(2);
  }

  @Test
  void runsUntilTheTimeIsOver() {
    AtomicInteger runs = new AtomicInteger();
    long start = System.nanoTime();

    new WarmUp(Duration.ofMillis(50)).run(runs::incrementAndGet);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    assertThat(runs).hasValueGreaterThan(2);
  }

  @Test
  void timeIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WarmUp(Duration.ofSeconds(-1)))
        .withMessage("the warm-up must be >= 0 s, found PT-1S");
  }
}
