package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 200 runs on slots that come late, go, and come back: up to 64, by a simulated count of them. */
@Timeout(60)
class GrowingSlotsTest {
  private static final int RUNS = 200;

  /** Runs that have begun and wait for their ends, in the order in which they began. */
  private final Set<Integer> atWork = new HashSet<>();

  private final Set<Integer> ended = new HashSet<>();
  private final List<CountDownLatch> ends =
      IntStream.range(0, RUNS).mapToObj(run -> new CountDownLatch(1)).toList();
  private final AtomicInteger slots = new AtomicInteger();
  private final AtomicInteger counts = new AtomicInteger();

  private synchronized void changed(Runnable change) {
    change.run();
    notifyAll();
  }

  private Integer train(int run) throws InterruptedException {
    changed(() -> atWork.add(run));
    ends.get(run).await();
    changed(
        () -> {
          atWork.remove(run);
          ended.add(run);
        });
    return run;
  }

  /** Returns when the slots have been counted and the number of runs follows. */
  private void slots(int there) throws InterruptedException {
    slots.set(there);
    int before = counts.get();
    // The next count sees them, and the one after it comes when that has had its effect.
    while (counts.get() < before + 2) {
      Thread.sleep(1);
    }
  }

  private int count(int left) {
    counts.incrementAndGet();
    return Math.max(1, Math.min(left, slots.get()));
  }

  private synchronized void awaitAtWork(int count) throws InterruptedException {
    while (atWork.size() != count) {
      wait();
    }
  }

  /** Lets so many of those that are at work end, one after the other, and others begin. */
  private synchronized void end(int count, int atWorkAfterwards) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      int next = ended.size() + 1;
      ends.get(atWork.iterator().next()).countDown();
      while (ended.size() != next) {
        wait();
      }
    }
    awaitAtWork(atWorkAfterwards);
  }

  @Test
  void asManyRunAsThereAreSlotsForWhileTheyComeAndGo() throws Exception {
    slots.set(2);
    CompletableFuture<Void> sweep;
    try (ParallelRuns<Integer> runs = new ParallelRuns<>(2, () -> {})) {
      List<Future<Integer>> submitted =
          IntStream.range(0, RUNS).mapToObj(run -> runs.submit(() -> train(run))).toList();
      assertThat(submitted).hasSize(RUNS);
      sweep = new CompletableFuture<>();
      Thread thread = new Thread(() -> takeAll(runs, sweep));
      thread.start();

      awaitAtWork(2);
      slots(64); // late executors
      awaitAtWork(64);
      end(10, 64);
      slots(16); // most are taken away: those at work go on
      end(40, 24);
      end(20, 16);
      slots(0); // all of them, for a moment
      end(16, 1);
      slots(48);
      awaitAtWork(48);
      end(60, 48);
      assertThat(ended).hasSize(146);
      ends.forEach(CountDownLatch::countDown);
      thread.join();
    }

    assertThat(sweep).isCompleted();
    assertThat(ended).hasSize(RUNS);
  }

  private void takeAll(ParallelRuns<Integer> runs, CompletableFuture<Void> sweep) {
    try {
      runs.takeAll(RUNS, this::count, Duration.ofMillis(1));
      sweep.complete(null);
    } catch (Exception e) { // of a run, or interrupted
      sweep.completeExceptionally(e);
    }
  }
}
