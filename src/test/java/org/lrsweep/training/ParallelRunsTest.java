package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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
}
