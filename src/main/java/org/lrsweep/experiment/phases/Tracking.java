package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.time.Duration;
import org.lrsweep.config.MlflowConfig;
import org.lrsweep.export.mlflow.MlflowException;
import org.lrsweep.export.mlflow.MlflowExport;
import org.lrsweep.export.mlflow.MlflowServer;
import org.lrsweep.results.ResultStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's results on the tracking server of {@code mlflow.uri}, while it goes on and at its end. A
 * server that is down or slow costs the run twenty seconds at its end, and nothing else: what it
 * lacks is in the tables.
 */
public final class Tracking {
  private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final MlflowServer server;
  private final ResultStore store;
  private final String runId;

  /** That of a run whose results lie in a store. */
  public Tracking(MlflowConfig config, ResultStore store, String runId) {
    this(new MlflowServer(config.uri(), config.experiment(), LIMIT), store, runId);
  }

  Tracking(MlflowServer server, ResultStore store, String runId) {
    this.server = server;
    this.store = store;
    this.runId = runId;
  }

  /** Sends after each trial, beside the sweep, until it is closed. */
  RunningReport whileRunning() {
    return new RunningReport("What mlflow.uri is to know", this::sendQuietly, Duration.ZERO, PAUSE);
  }

  private void sendQuietly() {
    try {
      MlflowExport.send(store, runId, server);
    } catch (MlflowException e) {
      LOG.warn("mlflow.uri lacks results as yet: {}", e.getMessage());
    }
  }

  /**
   * Sends what the server lacks at the run's end.
   *
   * @param out where it is said if that fails, and what to do
   */
  public void sendLast(PrintWriter out) {
    String problem;
    try {
      MlflowExport.send(store, runId, server);
      return;
    } catch (MlflowException | RuntimeException e) { // what ended the run is to be seen, not this
      problem = String.valueOf(e.getMessage());
    }
    out.println(
        "NOTE: mlflow.uri lacks results of this run: "
            + problem
            + ". lrsweep export --mlflow URI --run "
            + runId
            + " sends them.");
    out.flush();
  }
}
