package org.lrsweep.acceleration.layers;

import org.lrsweep.acceleration.onednn.GradientSum;

/** A vertex of a graph on oneDNN that reads several images and puts out one. */
public interface AcceleratedVertex extends AcceleratedImages {

  /** Says that a vertex below has other readers too, whose gradients are added up. */
  void readsFrom(int inputNumber, GradientSum gradientSum);

  /** Says that the readers of this vertex add their gradients up themselves. */
  void letReadersMeetIn(GradientSum gradientSum);
}
