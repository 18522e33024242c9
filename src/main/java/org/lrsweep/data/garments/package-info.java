/** The generated data set: garment silhouettes from a seed, where no real one can be had. */
package org.lrsweep.data.garments;
