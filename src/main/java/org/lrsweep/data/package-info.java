/** Images with labels in memory: resized, augmented, and in an order, from a seed alone. */
package org.lrsweep.data;
