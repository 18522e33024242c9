package org.lrsweep.bench.training;

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
}
