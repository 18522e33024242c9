package org.lrsweep.training;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Threads that drive training runs side by side, and end together: when this is closed, runs that
 * have not begun never do, and the jobs of the others are cancelled until their threads have ended.
 *
 * <p>Used by one thread.
 *
 * @param <T> what a run leads to
 */
public final class ParallelRuns<T> implements AutoCloseable {
  private static final Duration BETWEEN_CANCELS = Duration.ofMillis(100);

  /** Beyond this a run is stuck in something that is no job, and its thread is interrupted. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ThreadPoolExecutor threads;
  private final CompletionService<T> runs;
  private final Runnable cancelJobs;
  private volatile boolean closed;

  /**
   * @param atOnce runs at the same time, {@code >= 1}
   * @param cancelJobs makes what the threads wait for fail; called several times
   */
  public ParallelRuns(int atOnce, Runnable cancelJobs) {
    threads =
        new ThreadPoolExecutor(
            atOnce, atOnce, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
    runs = new ExecutorCompletionService<>(threads);
    this.cancelJobs = cancelJobs;
  }

  /** Has a run begin as soon as a thread is free. */
  public Future<T> submit(Callable<T> run) {
    return runs.submit(
        () -> {
          if (closed) {
            throw new CancellationException("the runs beside it were broken off");
          }
          return run.call();
        });
  }

  /** Waits for the next run to end, well or not. */
  public Future<T> take() throws InterruptedException {
    return runs.take();
  }

  /**
   * Waits for so many runs to end, and asks meanwhile how many may run at the same time. Where that
   * becomes less, those at work go on, and others begin when enough have ended.
   *
   * @param count runs that were submitted and not taken
   * @param atOnce how many may run by now, {@code >= 1}, of how many are left
   * @param between how long to wait for a run's end before it is asked again
   * @throws ExecutionException what the first run that throws has thrown
   */
  public void takeAll(int count, IntUnaryOperator atOnce, Duration between)
      throws InterruptedException, ExecutionException {
    int left = count;
    while (left > 0) {
      resize(atOnce.applyAsInt(left));
      Future<T> ended = runs.poll(between.toNanos(), TimeUnit.NANOSECONDS);
      if (ended != null) {
        ended.get();
        left--;
      }
    }
  }

  /** A pool's core is never above its maximum. */
  private void resize(int atOnce) {
    if (atOnce > threads.getMaximumPoolSize()) {
      threads.setMaximumPoolSize(atOnce);
      threads.setCorePoolSize(atOnce);
    } else if (atOnce < threads.getMaximumPoolSize()) {
      threads.setCorePoolSize(atOnce);
      threads.setMaximumPoolSize(atOnce);
    }
  }

  /** Has no further run begin; for a run that throws what ends all of them. */
  public void breakOff() {
    closed = true;
  }

  /** Whether what a run throws may be due to its having been broken off. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends all runs, and returns when their threads have ended. */
  @Override
  public void close() {
    breakOff();
    threads.shutdown();
    boolean interrupted = Thread.interrupted();
    long begin = System.nanoTime();
    boolean ended = threads.isTerminated();
    while (!ended) {
      try {
        cancelJobs.run();
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          threads.shutdownNow();
          break;
        }
        ended = threads.awaitTermination(BETWEEN_CANCELS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
