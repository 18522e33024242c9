package org.lrsweep.acceleration;

/** What a kernel does with its result before it puts it out. */
enum FusedActivation {
  NONE,
  RELU
}
