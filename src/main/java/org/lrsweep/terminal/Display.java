package org.lrsweep.terminal;

import java.util.List;

/** Something that goes on, as it can be shown. Asked from a thread of its own. */
public interface Display {

  /**
   * What a terminal shows, overwritten each time.
   *
   * @param rows lines that there is room for, {@code >= 1}
   */
  List<String> block(int rows);

  /** What a log gets every so often: lines that make sense by themselves. */
  List<String> lines();
}
