package org.lrsweep.data;

import java.io.Serializable;

/**
 * The pixels of many images of one size, in as many arrays as it takes: one array ends at 2 GB,
 * which 60,000 images of 190 x 190 exceed. No image is cut in two.
 */
final class ImageBlocks implements Serializable {

  /** Room for Fashion-MNIST at 32 x 32 in one array; a larger one gains nothing. */
  static final int BLOCK_BYTES = 1 << 26;

  private static final long serialVersionUID = 1;

  private final int imageSize;
  private final int imagesPerBlock;
  private final byte[][] blocks;

  private ImageBlocks(int imageSize, int imagesPerBlock, byte[][] blocks) {
    this.imageSize = imageSize;
    this.imagesPerBlock = imagesPerBlock;
    this.blocks = blocks;
  }

  /** Keeps the array, which holds whole images one after the other. */
  static ImageBlocks of(byte[] pixels, int imageSize) {
    return new ImageBlocks(
        imageSize, Math.max(1, pixels.length / imageSize), new byte[][] {pixels});
  }

  /** Black images, in arrays of at most {@code blockBytes}, or of one image that is larger. */
  static ImageBlocks allocate(int images, int imageSize, int blockBytes) {
    int imagesPerBlock = Math.max(1, blockBytes / imageSize);
    byte[][] blocks = new byte[-Math.floorDiv(-images, imagesPerBlock)][];
    for (int block = 0; block < blocks.length; block++) {
      int left = images - block * imagesPerBlock;
      blocks[block] = new byte[Math.min(left, imagesPerBlock) * imageSize];
    }
    return new ImageBlocks(imageSize, imagesPerBlock, blocks);
  }

  /** The array that holds an image, from its {@link #offset} on. */
  byte[] block(int image) {
    return blocks[image / imagesPerBlock];
  }

  /** Where an image begins in its array. */
  int offset(int image) {
    return image % imagesPerBlock * imageSize;
  }

  /** The size of all pixels. */
  long bytes() {
    long bytes = 0;
    for (byte[] block : blocks) {
      bytes += block.length;
    }
    return bytes;
  }

  /** All pixels in one array: the only one there is, or a copy. */
  byte[] joined() {
    if (blocks.length == 1) {
      return blocks[0];
    }
    byte[] joined = new byte[Math.toIntExact(bytes())];
    int at = 0;
    for (byte[] block : blocks) {
      System.arraycopy(block, 0, joined, at, block.length);
      at += block.length;
    }
    return joined;
  }
}
