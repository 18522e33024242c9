package org.lrsweep.data.load;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which data set to load, and how much of it.
 *
 * @param choice the data set
 * @param directory where its four idx files are, gzipped or unpacked: a path or URI of any Hadoop
 *     file system; if empty, the usual places are tried
 * @param trainExamples how many training examples to keep, at least 1; all if empty
 * @param testExamples how many test examples to keep, at least 1; all if empty
 */
public record DatasetRequest(
    DatasetChoice choice,
    Optional<String> directory,
    OptionalInt trainExamples,
    OptionalInt testExamples) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is out of range, or if a directory is named for
   *     the generated garments, which are never read
   */
  public DatasetRequest {
    checkPositive("train examples", trainExamples);
    checkPositive("test examples", testExamples);

    if (choice == DatasetChoice.GENERATED_GARMENTS && directory.isPresent()) {
      throw new IllegalArgumentException(
          "%s is drawn, not read: it takes no directory, found %s"
              .formatted(choice.key(), directory.get()));
    }
  }

  /** All of a data set, from where it is usually found. */
  public static DatasetRequest of(DatasetChoice choice) {
    return new DatasetRequest(choice, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  private static void checkPositive(String what, OptionalInt examples) {
    if (examples.isPresent() && examples.getAsInt() < 1) {
      throw new IllegalArgumentException(
          what + " must be at least 1, found " + examples.getAsInt());
    }
  }
}
