package org.lrsweep.acceleration.onednn;

/** What a kernel does with its result before it puts it out. */
public enum FusedActivation {
  NONE,
  RELU
}
