package org.lrsweep.acceleration;

/** A layer or vertex on oneDNN that reads and puts out images. */
interface AcceleratedImages extends Accelerated {

  Site site();
}
