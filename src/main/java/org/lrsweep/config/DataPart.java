package org.lrsweep.config;

import java.math.BigDecimal;
import java.util.List;

/** Where a part of a user's data comes from: training, validation or test part. */
public sealed interface DataPart {

  /** There is none. */
  record None() implements DataPart {}

  /**
   * A part of the training data.
   *
   * @param of all, {@code 0 < of < 1}
   */
  record Fraction(double of) implements DataPart {}

  /**
   * Files or folders.
   *
   * @param paths at least one, paths or Hadoop URIs
   */
  record Paths(List<String> paths) implements DataPart {
    public Paths {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A pair of idx files.
   *
   * @param images path or Hadoop URI of the features
   * @param labels path or Hadoop URI of the labels
   */
  record IdxFiles(String images, String labels) implements DataPart {}

  /**
   * The rows of the training data for which a column is true.
   *
   * @param name of a boolean column, or of {@code test}, the test part
   */
  record Named(String name) implements DataPart {}

  /** A number is a fraction; what has a slash or a colon is a path; other words are names. */
  static DataPart of(String text) {
    try {
      return new Fraction(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return text.contains("/") || text.contains(":") ? new Paths(List.of(text)) : new Named(text);
    }
  }
}
