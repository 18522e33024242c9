package org.lrsweep.training;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

  private final ExecutorService threads;
  private final CompletionService<T> runs;
  private final Runnable cancelJobs;
  private volatile boolean closed;

  /**
   * @param atOnce runs at the same time, {@code >= 1}
   * @param cancelJobs makes what the threads wait for fail; called several times
   */
  public ParallelRuns(int atOnce, Runnable cancelJobs) {
    threads = Executors.newFixedThreadPool(atOnce);
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
