package org.lrsweep.experiment;

import java.io.PrintWriter;
import java.util.Locale;
import org.apache.hadoop.util.ShutdownHookManager;
import org.lrsweep.experiment.run.RunOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a run that is broken off, by Ctrl-C, by SIGTERM or by a failure: it is left as
 * its last checkpoint had it, and the user is told how to go on.
 */
final class Interruption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

  /** Before Spark's hook, after which every job fails as if that were the trials' fault. */
  private static final int BEFORE_SPARK = 100;

  private final RunOutput output;
  private final PrintWriter out;
  private final String resume;
  private volatile boolean ended;
  private final Runnable hook = this::interrupted;

  /**
   * @param resume a sentence that says how to go on
   */
  Interruption(RunOutput output, PrintWriter out, String resume) {
    this.output = output;
    this.out = out;
    this.resume = resume;
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
  }

  private void interrupted() {
    if (!ended) {
      out.printf(Locale.ROOT, "Run %s was interrupted. %s%n", output.runId(), resume);
      out.flush();
    }
    output.release();
  }

  /** From now on there is nothing to go on with. */
  void ended() {
    ended = true;
  }

  private static boolean isHappening() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  /**
   * Says how to go on after a failure.
   *
   * @param recordEnd records it, which may fail for the same reason
   */
  void failed(Runnable recordEnd, Throwable cause) {
    if (isHappening()) {
      return;
    }
    try {
      recordEnd.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("The run's end could not be recorded", e);
      cause.addSuppressed(e);
    }
    out.println(resume);
    out.flush();
  }

  @Override
  public void close() {
    if (!isHappening()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
