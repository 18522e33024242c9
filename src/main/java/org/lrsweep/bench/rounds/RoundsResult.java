package org.lrsweep.bench.rounds;

import java.util.Locale;

/**
 * What rounds of one step cost.
 *
 * @param network the network's name
 * @param parameters its parameters
 * @param engine what trained the rounds
 * @param workers tasks that shared each batch
 * @param batch examples of a step over all workers
 * @param rounds how many were measured
 * @param roundMs time of a round on the driver, in milliseconds; like the next ones the median of
 *     the turns, of which each counts with the mean of its rounds
 * @param trainingMs time of the slowest worker's step, in milliseconds
 * @param overheadMs a round's time minus its slowest worker's step, in milliseconds
 * @param overheadP90Ms the same, ninth decile
 */
public record RoundsResult(
    String network,
    long parameters,
    RoundsEngine engine,
    int workers,
    int batch,
    int rounds,
    double roundMs,
    double trainingMs,
    double overheadMs,
    double overheadP90Ms) {

  /** Overhead as a share of the training itself. */
  public double overheadShare() {
    return overheadMs / trainingMs;
  }

  /** One object on one line. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"network\":\"%s\",\"parameters\":%d,\"engine\":\"%s\",\"workers\":%d,\"batch\":%d,"
            + "\"rounds\":%d,\"round_ms\":%.3f,\"training_ms\":%.3f,\"overhead_ms\":%.3f,"
            + "\"overhead_p90_ms\":%.3f}",
        network,
        parameters,
        engine.label(),
        workers,
        batch,
        rounds,
        roundMs,
        trainingMs,
        overheadMs,
        overheadP90Ms);
  }
}
