package org.lrsweep.acceleration;

/** A layer or vertex on oneDNN that reads and puts out images. */
interface AcceleratedImages extends Accelerated {

  Site site();

  /** How the arrays that it puts out name their axes if they are not in blocks. */
  Axes axes();
}
