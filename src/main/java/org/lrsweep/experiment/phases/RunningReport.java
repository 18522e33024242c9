package org.lrsweep.experiment.phases;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.TrialOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others see of a run that still goes on, as its report: made anew when a trial has ended, at
 * most once in a while, on a thread of its own. One that can't be made stops nothing.
 */
final class RunningReport implements SweepListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningReport.class);

  /** A sweep that is over sooner has its report at its end. */
  private static final Duration LEAST_SWEEP = Duration.ofSeconds(10);

  private final String what;
  private final Runnable report;
  private final Duration pause;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread made = new Thread(work, "running-report");
            made.setDaemon(true);
            return made;
          });
  private boolean isDue;
  private long nextAt;

  /** One that is made once a minute at most, and not in the first ten seconds. */
  RunningReport(Runnable report) {
    this("The report of the running run", report, LEAST_SWEEP, Duration.ofMinutes(1));
  }

  /** One that is made at once. */
  RunningReport(Runnable report, Duration pause) {
    this("The report of the running run", report, Duration.ZERO, pause);
  }

  /**
   * @param what names it, for the log
   * @param delay before the first one
   * @param pause between two of them
   */
  RunningReport(String what, Runnable report, Duration delay, Duration pause) {
    this.what = what;
    this.report = report;
    this.pause = pause;
    nextAt = System.nanoTime() + delay.toNanos();
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Has the report made anew, soon. */
  synchronized void refresh() {
    if (!isDue && !thread.isShutdown()) {
      isDue = true;
      long wait = Math.max(0, nextAt - System.nanoTime());
      var unused = thread.schedule(this::make, wait, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void trialEnded(TrialOutcome outcome) {
    refresh();
  }

  private void make() {
    synchronized (this) {
      isDue = false;
      nextAt = System.nanoTime() + pause.toNanos();
    }
    try {
      report.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} can't be made; the next try is after a trial", what, e);
    }
  }

  /** Ends; a report that is being made is waited for, one that waits is left to the run's end. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("{} still is being made", what);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
