package org.lrsweep.examples;

import java.io.Serializable;
import org.lrsweep.data.Augmentation;

/**
 * What is done with the examples of shares.
 *
 * @param shuffled whether each epoch has its own order
 * @param scaling of their numbers
 * @param augmentation of images
 * @param seed of order and augmentation
 */
record ShareUse(boolean shuffled, Scaling scaling, Augmentation augmentation, long seed)
    implements Serializable {}
