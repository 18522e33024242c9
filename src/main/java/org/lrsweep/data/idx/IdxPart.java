package org.lrsweep.data.idx;

import java.util.Locale;

/** The four files of a data set in idx format, in the order in which they are digested. */
public enum IdxPart {
  TRAIN_IMAGES("train-images-idx3-ubyte"),
  TRAIN_LABELS("train-labels-idx1-ubyte"),
  TEST_IMAGES("t10k-images-idx3-ubyte"),
  TEST_LABELS("t10k-labels-idx1-ubyte");

  private final String fileName;

  IdxPart(String fileName) {
    this.fileName = fileName;
  }

  /** The name of the unpacked file. */
  public String fileName() {
    return fileName;
  }

  /** The name of the file as it is published. */
  public String packedFileName() {
    return fileName + ".gz";
  }

  /**
   * Whether a file's name is this one's as tools write it: 7-Zip puts a dot before {@code idx},
   * some file systems capitals everywhere.
   */
  boolean isNamed(String name) {
    String usual = name.toLowerCase(Locale.ROOT).replace(".idx", "-idx");
    return usual.equals(fileName) || usual.equals(packedFileName());
  }

  /** Whether a name is near enough to this one's to be meant: a browser's second copy, say. */
  boolean resembles(String name) {
    return lettersAndDigits(name).contains(lettersAndDigits(fileName.replaceAll("-idx.*", "")));
  }

  private static String lettersAndDigits(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  boolean holdsImages() {
    return this == TRAIN_IMAGES || this == TEST_IMAGES;
  }

  boolean isForTraining() {
    return this == TRAIN_IMAGES || this == TRAIN_LABELS;
  }
}
