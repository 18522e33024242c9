package org.lrsweep.ingest;

import java.io.Serializable;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.ImageAugmenter;

/**
 * What is done with the examples of shares.
 *
 * @param shuffled whether each epoch has its own order
 * @param scaling of their numbers
 * @param augmentation of images
 * @param seed of order and augmentation
 */
record ShareUse(boolean shuffled, Scaling scaling, Augmentation augmentation, long seed)
    implements Serializable {

  /** Augments images of a shape; null where there is nothing to augment. */
  ImageAugmenter augmenter(int[] shape) {
    return shape.length < 3 || augmentation.equals(Augmentation.none())
        ? null
        : new ImageAugmenter(augmentation, seed, shape[0], shape[1], shape[2]);
  }
}
