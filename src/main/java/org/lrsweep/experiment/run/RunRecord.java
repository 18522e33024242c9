package org.lrsweep.experiment.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.command.AppVersion;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.sweep.Scores;
import org.lrsweep.sweep.confirm.Confirmation;
import org.lrsweep.training.spark.TransportChoice;

/** The run's row of the table runs, from its beginning to its end. Used by one thread. */
public final class RunRecord {
  private final ResultStore store;
  private final TransportChoice transport;
  private final boolean isNew;
  private RunRow row;

  /**
   * @param transport which way rounds take, by the time that the row is written
   * @param before the run as an earlier process left it, whose trials took time of their own
   */
  RunRecord(ResultStore store, TransportChoice transport, Optional<RunRow> before, RunRow row) {
    this.store = store;
    this.transport = transport;
    isNew = before.isEmpty();
    this.row = row;
  }

  /** What can be said of a run that begins or goes on. */
  static RunRow running(
      Plan plan, RunOutput output, RunSpark spark, RunData data, Precision precision) {
    ExperimentConfig config = plan.config();
    RunRow row =
        new RunRow(
                output.runId(),
                RunStatus.RUNNING,
                output.before().map(RunRow::startedAt).orElseGet(RunRecord::now),
                null,
                AppVersion.current(),
                spark.context().version(),
                spark.context().master(),
                config.json(),
                data.name(),
                data.sha256(),
                data.trainExamples(),
                data.testExamples(),
                config.seed(),
                config.finder().workers(),
                spark.threadsPerWorker())
            .withNetwork(plan.networks().sha256().orElse(null))
            .withMetric(Scores.ranking(plan.task()))
            .withPrecision(precision.label());
    return data.skipped().map(skipped -> withSkipped(row, skipped)).orElse(row);
  }

  private static RunRow withSkipped(RunRow row, SortedMap<BadRow, Long> skipped) {
    String reasons =
        skipped.entrySet().stream()
            .map(kind -> kind.getKey() + ": " + kind.getValue())
            .collect(Collectors.joining(", "));
    return row.withSkipped(
        skipped.values().stream().mapToLong(Long::longValue).sum(),
        reasons.isEmpty() ? null : reasons);
  }

  /** Writes the row as it is now. */
  void commit() {
    store.commitRun(withTransport(row));
  }

  /** Notes, for the end, what was trained to confirm the range. */
  public void confirmed(Confirmation confirmation) {
    row = row.confirmed(confirmation.steps(), confirmation.millis());
  }

  /**
   * Notes, for the end, how long the sweep took.
   *
   * @param expected how long it was expected to take; empty if nobody knew
   */
  public void swept(Optional<Duration> expected, Duration took) {
    // One that was resumed among its trials trained only some of them in this time.
    if (isNew || expected.isPresent()) {
      row = row.timed(expected.map(Duration::toMillis).orElse(null), took.toMillis());
    }
  }

  private RunRow withTransport(RunRow run) {
    return run.withTransport(transport.transport().key(), transport.reason().orElse(null));
  }

  /** Records how the run ended. */
  public void end(RunStatus end) {
    store.commitRun(withTransport(row.ended(end, now())));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
