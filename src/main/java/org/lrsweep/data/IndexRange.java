package org.lrsweep.data;

import java.io.Serializable;

/**
 * The indices from (inclusive) to (exclusive).
 *
 * @param from the first index, at least 0
 * @param to the index after the last one, at least from
 */
public record IndexRange(int from, int to) implements Serializable {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException unless 0 &lt;= from &lt;= to
   */
  public IndexRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a range must have 0 <= from <= to, found " + from + " and " + to);
    }
  }

  /** How many indices there are. */
  public int size() {
    return to - from;
  }
}
