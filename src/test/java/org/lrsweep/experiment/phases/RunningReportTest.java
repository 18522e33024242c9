package org.lrsweep.experiment.phases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningReportTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void isMadeAtOnceButNotAgainBeforeThePauseIsOver() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    try (RunningReport report =
        new RunningReport(
            () -> {
              made.incrementAndGet();
              first.countDown();
            },
            Duration.ofHours(1))) {
      report.refresh();
      first.await();
      report.refresh();
      report.refresh();
    }

    assertThat(made).as("the run's end makes the last one").hasValue(1);
  }

  /** Trials that end meanwhile bring it no nearer, and are all in it. */
  @Test
  void theFirstIsNotMadeBeforeItsDelayIsOver() throws Exception {
    Duration delay = Duration.ofMillis(300);
    Semaphore begun = new Semaphore(0);
    long start = System.nanoTime();
    try (RunningReport report =
        new RunningReport("The test's", begun::release, delay, Duration.ofHours(1))) {
      report.refresh();
      report.refresh();
      begun.acquire();

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
      report.refresh();
    }
    assertThat(begun.availablePermits()).isZero();
  }

  /** Of a sweep that is over in less than the first ten seconds none is made on the way. */
  @Test
  void aShortSweepHasNone() {
    try (RunningReport report = new RunningReport(made::incrementAndGet)) {
      report.refresh();
    }

    assertThat(made).hasValue(0);
  }

  @Test
  void oneThatFailsStopsNeitherTheRunNorTheNextOne() throws Exception {
    Semaphore tried = new Semaphore(0);
    try (RunningReport report =
        new RunningReport(
            () -> {
              tried.release();
              throw new IllegalStateException("no fonts, says the test");
            },
            Duration.ZERO)) {
      report.refresh();
      tried.acquire();
      report.refresh();

      assertThat(tried.tryAcquire(30, TimeUnit.SECONDS)).as("made again").isTrue();
    }
  }

  @Test
  void whatIsBeingMadeIsWaitedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    RunningReport report =
        new RunningReport(
            () -> {
              begun.countDown();
              Thread.onSpinWait();
              made.incrementAndGet();
            },
            Duration.ZERO);
    report.refresh();
    begun.await();

    report.close();

    assertThat(made).hasValue(1);
    report.refresh();
    assertThat(made).as("after its end nothing is made").hasValue(1);
  }
}
