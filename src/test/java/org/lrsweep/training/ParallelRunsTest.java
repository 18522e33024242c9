package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelRunsTest {
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Test
  void closingCancelsWhatIsAtWorkAndReturnsWhenItsThreadHasEnded() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<String> running;
    Future<String> waiting;
    ParallelRuns<String> runs = new ParallelRuns<>(1, cancelled::countDown);
    try (runs) {
      running =
          runs.submit(
              () -> {
                thread.set(Thread.currentThread());
                atWork.countDown();
                cancelled.await();
                return "closed: " + runs.isClosed();
              });
      waiting = runs.submit(() -> "never");
      atWork.await();
    }

    // A pool has ended a moment before its last thread is gone.
    thread.get().join(10_000);
    assertThat(thread.get().isAlive()).isFalse();
    assertThat(running.get()).isEqualTo("closed: true");
    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  void afterOneBreaksOffNoneBegins() throws Exception {
    try (ParallelRuns<String> runs = new ParallelRuns<>(1, () -> {})) {
      Future<String> breaking =
          runs.submit(
              () -> {
                runs.breakOff();
                throw new IllegalStateException("disk full");
              });
      Future<String> waiting = runs.submit(() -> "never");

      assertThatThrownBy(breaking::get).hasRootCauseMessage("disk full");
      assertThatThrownBy(waiting::get)
          .hasRootCauseInstanceOf(CancellationException.class)
          .hasRootCauseMessage("the runs beside it were broken off");
    }
  }

  @Test
  void anInterruptedCallerWaitsTooAndStaysInterrupted() throws Exception {
    ParallelRuns<String> runs = new ParallelRuns<>(1, cancelled::countDown);
    Future<String> running =
        runs.submit(
            () -> {
              cancelled.await();
              return "done";
            });
    Thread.currentThread().interrupt();

    runs.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(running.isDone()).isTrue();
  }

  @Test
  void runsAreTakenAsTheyEnd() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (ParallelRuns<Integer> runs = new ParallelRuns<>(2, () -> {})) {
      Future<Integer> first =
          runs.submit(
              () -> {
                second.await();
                return 1;
              });
      Future<Integer> next = runs.submit(() -> 2);

      assertThat(runs.take()).isSameAs(next);
      second.countDown();
      assertThat(runs.take()).isSameAs(first);
    }
  }

  @Test
  void aRunThatThrowsEndsTheWaitWhileTheOthersTakeTurns() {
    int places = 2;
    IntUnaryOperator turns = left -> left < 2 * places ? left : places;
    List<Future<String>> others = new ArrayList<>();
    AtomicInteger begun = new AtomicInteger();

    try (ParallelRuns<String> runs = new ParallelRuns<>(places, cancelled::countDown)) {
      for (int i = 0; i < 2; i++) {
        others.add(
            runs.submit(
                () -> {
                  begun.incrementAndGet();
                  cancelled.await();
                  return "broken off";
                }));
      }
      // The third of three: it begins since all take turns, though both places are taken.
      Future<String> breaking =
          runs.submit(
              () -> {
                runs.breakOff();
                throw new IllegalStateException("disk full");
              });

      assertThatThrownBy(() -> runs.takeAll(3, turns, Duration.ofMillis(1)))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("disk full");
      assertThat(breaking).isDone();
      assertThat(others).noneMatch(Future::isDone);
    }

    assertThat(begun).hasValue(2);
    assertThat(others).allSatisfy(run -> assertThat(run.get()).isEqualTo("broken off"));
  }
}
