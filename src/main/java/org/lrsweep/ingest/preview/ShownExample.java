package org.lrsweep.ingest.preview;

/**
 * An example of the training part.
 *
 * @param label its class
 * @param read its numbers as they were read, [channels, height, width] or [length]
 * @param trained the same as the first epoch augments them, in the same units; equal to {@code
 *     read} where nothing is augmented
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record ShownExample(String label, float[] read, float[] trained) {}
