package org.lrsweep.acceleration.layers;

/** A layer or vertex on oneDNN that reads and puts out images. */
public interface AcceleratedImages extends Accelerated {

  LayerIo io();
}
