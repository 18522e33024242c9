package org.lrsweep.data.idx;

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

  boolean holdsImages() {
    return this == TRAIN_IMAGES || this == TEST_IMAGES;
  }

  boolean isForTraining() {
    return this == TRAIN_IMAGES || this == TRAIN_LABELS;
  }
}
