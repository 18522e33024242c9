package org.lrsweep.finder;

import org.lrsweep.finder.Repeats.Repeat;

/** Hears how repeated range tests end, in the order of their numbers, on the caller's thread. */
public interface RepeatListener {

  /** A test was successful. */
  default void ended(Repeat test) {}

  /**
   * A test has thrown. It is left out if this returns; what this throws instead breaks off all.
   *
   * @param number of the test, 0-based
   */
  default void failed(int number, Throwable cause) {}
}
