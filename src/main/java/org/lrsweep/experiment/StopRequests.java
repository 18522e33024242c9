package org.lrsweep.experiment;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import org.lrsweep.experiment.run.RunOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether someone, on whichever host, asks a run to stop, and interrupts
 * its thread then: range test and sweep cancel their jobs and end their threads when they are.
 */
final class StopRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopRequests.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Thread thread = Thread.currentThread();
  private final Timer timer = new Timer("stop-requests", true);
  private final BooleanSupplier asked;
  private boolean heeded;
  private boolean closed;

  private StopRequests(BooleanSupplier asked) {
    this.asked = asked;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            look();
          }
        },
        BETWEEN_LOOKS.toMillis(),
        BETWEEN_LOOKS.toMillis());
  }

  /**
   * Does a run's work until it is done or someone asks the run to stop.
   *
   * @throws StoppedException if someone did
   */
  static boolean heed(RunOutput output, BooleanSupplier work) {
    StopRequests requests = new StopRequests(output::isAskedToStop);
    try (requests) {
      return work.getAsBoolean();
    } catch (RuntimeException e) {
      throw requests.isHeeded() ? new StoppedException(e) : e;
    }
  }

  private void look() {
    try {
      if (asked.getAsBoolean()) {
        heed();
      }
    } catch (RuntimeException e) {
      LOG.warn("Whether the run is asked to stop can't be seen; the next look is soon", e);
    }
  }

  private synchronized void heed() {
    if (!closed && !heeded) {
      heeded = true;
      thread.interrupt();
    }
  }

  private synchronized boolean isHeeded() {
    return heeded;
  }

  /** Afterwards nothing interrupts the thread, and it is not interrupted by a request. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.cancel();
    if (heeded) {
      Thread.interrupted();
    }
  }
}
