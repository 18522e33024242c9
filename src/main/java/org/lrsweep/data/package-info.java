/**
 * Data sets: idx files, Fashion-MNIST and the generated garments, resize, augmentation, sharding.
 */
package org.lrsweep.data;
