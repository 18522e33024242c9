package org.lrsweep.network.load;

import java.util.stream.IntStream;

/**
 * What flows from one layer of a Keras model to the next, for one example: an image, a sequence, or
 * a row of numbers that may have been an image.
 *
 * @param vertex of the Deeplearning4j graph that gives it
 * @param height of the image that it is or was; 1 for a row
 * @param width of the image that it is or was, or steps of a sequence; 1 for a row
 * @param channels of the image or of a step, or how many numbers a row has that was none
 * @param form how it lies now
 */
record KerasTensor(String vertex, int height, int width, int channels, Form form) {

  /** Steps of a sequence that may be of any length. */
  static final int ANY = -1;

  /** How it lies. */
  enum Form {
    IMAGE,
    /** Of {@code width} steps, each of so many channels. */
    SEQUENCE,
    /** A row in Keras, while the graph's vertex still gives the image. */
    FLATTENED_IMAGE,
    /** A row in which Deeplearning4j has the numbers of an image in another order. */
    ROW_OF_IMAGE,
    ROW
  }

  static KerasTensor images(String vertex, int height, int width, int channels) {
    return new KerasTensor(vertex, height, width, channels, Form.IMAGE);
  }

  /**
   * A sequence.
   *
   * @param steps how many, or {@link #ANY}
   */
  static KerasTensor sequence(String vertex, int steps, int channels) {
    return new KerasTensor(vertex, 1, steps, channels, Form.SEQUENCE);
  }

  static KerasTensor row(String vertex, int length) {
    return new KerasTensor(vertex, 1, 1, length, Form.ROW);
  }

  boolean isImage() {
    return form == Form.IMAGE;
  }

  boolean isSequence() {
    return form == Form.SEQUENCE;
  }

  boolean isFlattenedImage() {
    return form == Form.FLATTENED_IMAGE;
  }

  /** Whether the numbers lie as Keras has them, or are an image. */
  boolean hasKerasOrder() {
    return form != Form.FLATTENED_IMAGE && form != Form.ROW_OF_IMAGE;
  }

  boolean isLike(KerasTensor other) {
    return height == other.height
        && width == other.width
        && channels == other.channels
        && form == other.form;
  }

  KerasTensor flattened() {
    return isImage()
        ? new KerasTensor(vertex, height, width, channels, Form.FLATTENED_IMAGE)
        : this;
  }

  KerasTensor settled(String by) {
    return new KerasTensor(by, height, width, channels, Form.ROW_OF_IMAGE);
  }

  /** The same from another vertex. */
  KerasTensor from(String other) {
    return new KerasTensor(other, height, width, channels, form);
  }

  KerasTensor withChannels(String by, int count) {
    return new KerasTensor(by, height, width, count, form);
  }

  int length() {
    return height * width * channels;
  }

  /** For each number in Deeplearning4j's order, where Keras has it. */
  int[] kerasOrder() {
    if (hasKerasOrder()) {
      return IntStream.range(0, length()).toArray();
    }
    int[] order = new int[length()];
    int next = 0;
    for (int c = 0; c < channels; c++) {
      for (int pixel = 0; pixel < height * width; pixel++) {
        order[next++] = pixel * channels + c;
      }
    }
    return order;
  }
}
