package org.lrsweep.bench.acceleration;

import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.NetworkType;

/**
 * What workers side by side in one JVM train, next to one alone.
 *
 * @param model the network
 * @param batch images in a worker's batch
 * @param workers how many trained at once
 * @param threads threads of each
 * @param aloneMs median time of a step of one worker alone, in milliseconds
 * @param togetherMs median time of a step with all at work, in milliseconds; of each turn it is the
 *     harmonic mean over the workers, so that their images in a second add up
 * @param peakTimesOne what a convolution that shares nothing gives in the same turns, as a multiple
 *     of one worker's: the machine's own {@link #timesOne}, which {@code workers} is for cores that
 *     are as fast together as one alone
 * @param precision of what the layers handed each other
 */
public record SideBySideResult(
    NetworkType model,
    int batch,
    int workers,
    int threads,
    double aloneMs,
    double togetherMs,
    double peakTimesOne,
    Precision precision) {

  /** Images in a second of one worker alone. */
  public double aloneImagesPerS() {
    return batch / aloneMs * 1e3;
  }

  /** Images in a second of all workers together. */
  public double togetherImagesPerS() {
    return workers * batch / togetherMs * 1e3;
  }

  /** How many times the images of one worker alone. */
  public double timesOne() {
    return togetherImagesPerS() / aloneImagesPerS();
  }
}
