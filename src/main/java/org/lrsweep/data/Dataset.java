package org.lrsweep.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training and a test set of images of one size, with the names of their classes.
 *
 * @param name what the tables call it: {@code fashion-mnist} or {@code generated-garments}
 * @param sha256 the SHA-256 of the bytes that were read, in hexadecimal: of the four unpacked idx
 *     files, one after the other (train images, train labels, test images, test labels); a part of
 *     a data set keeps the digest of the whole
 * @param train the training set
 * @param validation what was taken out of the training set to choose by; empty if nothing was
 * @param test the test set
 * @param classNames a name for each label, in the labels' order
 */
public record Dataset(
    String name,
    String sha256,
    ImageSet train,
    Optional<ImageSet> validation,
    ImageSet test,
    List<String> classNames) {

  /**
   * Checks that the two sets fit.
   *
   * @throws IllegalArgumentException if the images of the two sets differ in size
   */
  public Dataset {
    if (train.rows() != test.rows() || train.cols() != test.cols()) {
      throw new IllegalArgumentException(
          "train and test images must have one size, found %s x %s and %s x %s"
              .formatted(train.rows(), train.cols(), test.rows(), test.cols()));
    }

    classNames = List.copyOf(classNames);
  }

  /** A training and a test set, as they are. */
  public Dataset(
      String name, String sha256, ImageSet train, ImageSet test, List<String> classNames) {
    this(name, sha256, train, Optional.empty(), test, classNames);
  }

  /** The number of classes. */
  public int classes() {
    return classNames.size();
  }

  /**
   * The data set with only its first examples.
   *
   * @param trainExamples how many training examples to keep, all if empty
   * @param testExamples how many test examples to keep, all if empty
   * @throws IllegalArgumentException if there are fewer than that
   */
  public Dataset first(OptionalInt trainExamples, OptionalInt testExamples) {
    return new Dataset(
        name,
        sha256,
        first("train", train, trainExamples),
        validation,
        first("test", test, testExamples),
        classNames);
  }

  /**
   * The data set with a part of its training set held out for validation: of each class, the same
   * fraction. Which images these are follows from their pixels and the seed; equal ones of a class
   * stay together.
   *
   * @param fraction {@code 0 < fraction < 1}
   * @throws IllegalArgumentException if no class has images enough for one to be held out
   */
  public Dataset withValidation(double fraction, long seed) {
    HeldOut split = HeldOut.of(train, fraction, seed);
    if (split.taken().size() == 0) {
      throw new IllegalArgumentException(
          "data.validation = %s holds out nothing of %s training images, since no class has two different ones; set data.train-examples higher"
              .formatted(fraction, train.size()));
    }
    return new Dataset(name, sha256, split.rest(), Optional.of(split.taken()), test, classNames);
  }

  private ImageSet first(String part, ImageSet images, OptionalInt examples) {
    return images.first(count(name, part, images.size(), examples));
  }

  /**
   * How many examples of a part of a data set are asked for.
   *
   * @param name the data set's
   * @param part {@code train} or {@code test}
   * @param size how many it has
   * @param examples how many to keep, all if empty
   * @throws IllegalArgumentException if there are fewer than that
   */
  public static int count(String name, String part, int size, OptionalInt examples) {
    int count = examples.orElse(size);

    if (count < 1 || count > size) {
      throw new IllegalArgumentException(
          "%s examples must be between 1 and %s, the size of %s's %s set, found %s"
              .formatted(part, size, name, part, count));
    }

    return count;
  }
}
