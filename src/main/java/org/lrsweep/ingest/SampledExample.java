package org.lrsweep.ingest;

import org.lrsweep.data.ImageAugmenter;

/**
 * An example that is looked at.
 *
 * @param label its class, the labels that hold, or its numbers
 * @param read its numbers as they were read
 * @param trained the same as epoch 0 augments them, in the same units; equal where it doesn't
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record SampledExample(String label, float[] read, float[] trained) {

  /**
   * @param rank its place in its part, by which its augmentation is drawn
   */
  static SampledExample of(String label, Layout layout, byte[] record, ShareUse use, int rank) {
    float[] values = layout.read(record);
    ImageAugmenter augmenter = use.augmenter(layout.shape());
    if (augmenter == null) {
      return new SampledExample(label, values, values);
    }
    float[] scaled = values.clone();
    use.scaling().apply(scaled);
    float[] trained = new float[values.length];
    augmenter.augment(scaled, 0, rank, trained, 0);
    use.scaling().undo(trained);
    return new SampledExample(label, values, trained);
  }
}
