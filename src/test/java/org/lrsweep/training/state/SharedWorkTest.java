package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedWorkTest {
  private final SharedWork work = new SharedWork();

  /** What two threads that ask for the same work at once get to hear. */
  private List<Throwable> failuresOfTwo(SharedWork.Plan plan) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Callable<Void> asking =
        () -> {
          both.countDown();
          both.await();
          work.finish(plan);
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Throwable> failures = new ArrayList<>();
      for (Future<Void> one : threads.invokeAll(List.of(asking, asking))) {
        try {
          one.get();
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
      return failures;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void doesEachPieceOnce() throws Exception {
    AtomicInteger done = new AtomicInteger();

    List<Throwable> failures =
        failuresOfTwo(
            () -> IntStream.range(0, 50).<Runnable>mapToObj(i -> done::incrementAndGet).toList());

    assertThat(failures).isEmpty();
    assertThat(done).hasValue(50);
  }

  @Test
  void anErrorIsHeardByAll() throws Exception {
    Error error = new AssertionError("as this test wants");

    List<Throwable> failures =
        failuresOfTwo(
            () ->
                List.of(
                    () -> {
                      throw error;
                    }));

    assertThat(failures).containsExactly(error, error);
  }

  @Test
  void whatCannotBePlannedIsPlannedAnewByTheNext() throws Exception {
    AtomicInteger plans = new AtomicInteger();
    SharedWork.Plan second =
        () -> {
          plans.incrementAndGet();
          return List.of();
        };

    assertThatThrownBy(
            () ->
                work.finish(
                    () -> {
                      throw new IllegalStateException("as this test wants");
                    }))
        .hasMessage("as this test wants");
    work.finish(second);
    work.finish(second);

    assertThat(plans).hasValue(1);
  }
}
