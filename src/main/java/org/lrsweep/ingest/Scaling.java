package org.lrsweep.ingest;

import java.io.Serializable;

/**
 * What is done to an example's numbers before it is augmented: {@code (value - shift) / divisor}.
 *
 * @param shift of each channel or column, or one of all
 * @param divisor of each channel or column, or one of all
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record Scaling(float[] shift, float[] divisor) implements Serializable {

  /** Ways to scale. */
  public enum Kind {
    /** Numbers stay what they are. */
    NONE,
    /** Bytes become numbers from 0 to 1. */
    UNIT,
    /** Numbers of the training part get the mean 0 and the deviation 1, by channel or column. */
    STANDARDIZE
  }

  static Scaling none() {
    return new Scaling(new float[] {0}, new float[] {1});
  }

  static Scaling unit() {
    return new Scaling(new float[] {0}, new float[] {255});
  }

  void apply(float[] values) {
    int each = values.length / shift.length;
    for (int column = 0; column < shift.length; column++) {
      float less = shift[column];
      float by = divisor[column];
      for (int i = column * each; i < (column + 1) * each; i++) {
        values[i] = (values[i] - less) / by;
      }
    }
  }

  /** The opposite of {@link #apply}, up to rounding. */
  void undo(float[] values) {
    int each = values.length / shift.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * divisor[i / each] + shift[i / each];
    }
  }
}
