package org.lrsweep.bench.acceleration;

import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.NetworkType;

/**
 * One measurement.
 *
 * @param model the network
 * @param phase what was done with a batch
 * @param batch images in a batch
 * @param threads threads that the layers ran on
 * @param engine what the layers ran on
 * @param medianMs median time of a batch, in milliseconds
 * @param gflop what a batch costs in direct convolutions and products, in 10^9 operations; an
 *     engine may get by with fewer
 * @param precision of what the layers handed each other
 */
public record BenchResult(
    NetworkType model,
    Phase phase,
    int batch,
    int threads,
    Engine engine,
    double medianMs,
    double gflop,
    Precision precision) {

  /** Images in a second. */
  public double imagesPerS() {
    return batch / medianMs * 1e3;
  }

  /** 10^9 operations in a second. */
  public double gflopPerS() {
    return gflop / medianMs * 1e3;
  }
}
