package org.lrsweep.ingest.read;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.lrsweep.data.BilinearResize;

/**
 * Decodes PNG, JPEG, BMP and GIF images, and resizes them. Grey images have one channel, others
 * three: red, green, blue. Transparency is left out, of a moving GIF the first image is taken.
 *
 * <p>Thread-safe.
 */
final class ImageDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pixels of the largest image that is decoded; a small file may claim to be huge. */
  private static final long MOST_PIXELS = 1L << 26;

  private final int channels;
  private final int height;
  private final int width;

  /**
   * @param channels 1 or 3, to which other images are converted; 0 to leave them what they are
   * @param height in pixels, to resize to
   * @param width in pixels
   */
  ImageDecoder(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /** The image of a file's bytes, or why there is none. */
  DecodedExample decode(String where, String label, byte[] file) {
    if (file == null) {
      return DecodedExample.unusable(BadRow.NULL, where + " has no image: it is null");
    }
    if (file.length == 0) {
      return DecodedExample.unusable(BadRow.EMPTY, where + " is empty: it has 0 bytes");
    }
    try {
      BufferedImage image = read(file);
      boolean grey = isGrey(image.getColorModel());
      int own = grey ? 1 : 3;
      int wanted = channels == 0 ? own : channels;
      byte[] planes = converted(grey ? greyPlane(image) : colourPlanes(image), own, wanted);
      return DecodedExample.ofBytes(
          label,
          new int[] {wanted, height, width},
          BilinearResize.resize(
              planes, wanted, image.getHeight(), image.getWidth(), height, width));
    } catch (IOException | RuntimeException e) {
      return DecodedExample.unusable(
          BadRow.DAMAGED,
          where + " is damaged, or no image of PNG, JPEG, BMP or GIF: " + e.getMessage());
    }
  }

  private static BufferedImage read(byte[] file) throws IOException {
    try (ImageInputStream bytes = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        throw new IOException("its first bytes are of no such format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new IOException("it says that it has " + pixels + " pixels");
        }
        // Of a JPEG that ends too early, Java makes an image that is grey from there on.
        reader.addIIOReadWarningListener(
            (source, warning) -> {
              throw new IllegalStateException(warning);
            });
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static boolean isGrey(ColorModel colours) {
    if (colours instanceof IndexColorModel palette) {
      for (int i = 0; i < palette.getMapSize(); i++) {
        if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
          return false;
        }
      }
      return true;
    }
    return colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** The samples themselves: Java's own conversion to RGB would brighten them. */
  private static byte[] greyPlane(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel) {
      byte[] planes = colourPlanes(image);
      return Arrays.copyOf(planes, planes.length / 3);
    }
    Raster raster = image.getRaster();
    int bits = raster.getSampleModel().getSampleSize(0);
    int[] samples = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] plane = new byte[samples.length];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (byte) (bits > 8 ? samples[i] >> (bits - 8) : samples[i]);
    }
    return plane;
  }

  private static byte[] colourPlanes(BufferedImage image) {
    int size = image.getWidth() * image.getHeight();
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] planes = new byte[3 * size];
    for (int i = 0; i < size; i++) {
      planes[i] = (byte) (pixels[i] >> 16);
      planes[size + i] = (byte) (pixels[i] >> 8);
      planes[2 * size + i] = (byte) pixels[i];
    }
    return planes;
  }

  private static byte[] converted(byte[] planes, int from, int to) {
    if (from == to) {
      return planes;
    }
    if (from == 1) {
      return repeated(planes, to);
    }
    if (to != 1) {
      throw new IllegalArgumentException(
          "it has colours, which data.shape with " + to + " channels has no place for");
    }
    return luma(planes);
  }

  /** A grey image with as many equal channels. */
  static byte[] repeated(byte[] plane, int channels) {
    byte[] planes = new byte[channels * plane.length];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(plane, 0, planes, channel * plane.length, plane.length);
    }
    return planes;
  }

  /** ITU-R 601-2, in the fixed point of Pillow's conversion to {@code L}. */
  private static byte[] luma(byte[] planes) {
    int size = planes.length / 3;
    byte[] grey = new byte[size];
    for (int i = 0; i < size; i++) {
      int red = Byte.toUnsignedInt(planes[i]);
      int green = Byte.toUnsignedInt(planes[size + i]);
      int blue = Byte.toUnsignedInt(planes[2 * size + i]);
      grey[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
    }
    return grey;
  }
}
