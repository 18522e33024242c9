package org.lrsweep.network.zoo;

/**
 * The shape of one image.
 *
 * @param channels colour channels, at least 1
 * @param height rows in pixels, at least 1
 * @param width columns in pixels, at least 1
 */
public record ImageShape(int channels, int height, int width) {

  /**
   * @throws IllegalArgumentException if a size is below 1
   */
  public ImageShape {
    requirePositive("channels", channels);
    requirePositive("height", height);
    requirePositive("width", width);
  }

  /** The shape as {@code channels x height x width}, as messages show it. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("image " + name + " must be >= 1, found " + value);
    }
  }
}
