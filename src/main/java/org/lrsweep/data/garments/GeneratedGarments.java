package org.lrsweep.data.garments;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.SplitMix64;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.idx.IdxFile;
import org.lrsweep.data.idx.IdxPart;

/**
 * A stand-in for Fashion-MNIST that needs neither a network nor a file: ten garment silhouettes
 * drawn from a seed, with Fashion-MNIST's sizes, image format and class names.
 *
 * <p>Each image is a prototype of its class, stretched and shifted, through which a garment of any
 * class shines, in a brightness of its own and under noise. The images are a pure function of the
 * seed, bit for bit on any JVM. What a network reaches on them says nothing about Fashion-MNIST.
 */
public final class GeneratedGarments {

  /** What configurations and tables call it. */
  public static final String NAME = "generated-garments";

  static final int TRAIN_EXAMPLES = 60_000;
  static final int TEST_EXAMPLES = 10_000;

  /** Of all images, drawn anew by the tests: the same however few of them are needed. */
  private static final String SHA256 =
      "5705cb2ac67f56f6446ff3991d96783b83048f9d98364e3f5ede66db47d79421";

  private static final long SEED = 20_170_825;
  private static final long TRAIN = 0;
  private static final long TEST = 1;

  private static final double DARKEST = 0.4;
  private static final double MOST_SHINING_THROUGH = 0.45;
  private static final double NOISE = 0.25;

  private GeneratedGarments() {}

  /**
   * Draws the first images of the data set; all of them take a few seconds.
   *
   * @param trainExamples how many training images, all if empty
   * @param testExamples how many test images, all if empty
   * @throws IllegalArgumentException if there are fewer than that
   */
  public static Dataset dataset(OptionalInt trainExamples, OptionalInt testExamples) {
    return new Dataset(
        NAME,
        SHA256,
        train(Dataset.count(NAME, "train", TRAIN_EXAMPLES, trainExamples)),
        test(Dataset.count(NAME, "test", TEST_EXAMPLES, testExamples)),
        FashionMnist.CLASS_NAMES);
  }

  /**
   * Writes the data set as four gzipped idx files.
   *
   * @param files opens the directory
   * @param directory a path or URI, made if it is not there; files of the same names are replaced
   * @throws IOException if the directory cannot be written to
   */
  public static void writeTo(HadoopFiles files, String directory) throws IOException {
    write(train(TRAIN_EXAMPLES), test(TEST_EXAMPLES), files, directory);
  }

  static void write(ImageSet train, ImageSet test, HadoopFiles files, String directory)
      throws IOException {
    for (IdxFile file : files(train, test)) {
      try (OutputStream out = new GZIPOutputStream(files.create(directory, file.name()), 1 << 16)) {
        file.writeTo(out);
      }
    }
  }

  /** The first images of the training set. */
  public static ImageSet train(int examples) {
    return draw(TRAIN, examples);
  }

  /** The first images of the test set. */
  public static ImageSet test(int examples) {
    return draw(TEST, examples);
  }

  static List<IdxFile> files(ImageSet train, ImageSet test) {
    return List.of(
        IdxFile.ofImages(IdxPart.TRAIN_IMAGES.packedFileName(), train),
        IdxFile.ofLabels(IdxPart.TRAIN_LABELS.packedFileName(), train),
        IdxFile.ofImages(IdxPart.TEST_IMAGES.packedFileName(), test),
        IdxFile.ofLabels(IdxPart.TEST_LABELS.packedFileName(), test));
  }

  private static ImageSet draw(long part, int examples) {
    int imageSize = FashionMnist.ROWS * FashionMnist.COLS;
    byte[] pixels = new byte[examples * imageSize];
    byte[] labels = new byte[examples];
    IntStream.range(0, examples)
        .parallel()
        .forEach(
            i -> {
              SplitMix64 random = SplitMix64.keyed(SEED, part, i);
              int label = random.nextInt(FashionMnist.CLASS_NAMES.size());
              labels[i] = (byte) label;
              draw(label, random, pixels, i * imageSize);
            });
    return new ImageSet(FashionMnist.ROWS, FashionMnist.COLS, pixels, labels);
  }

  private static void draw(int label, SplitMix64 random, byte[] pixels, int offset) {
    double[] garment = Silhouettes.draw(label, random);
    double[] other = Silhouettes.draw(random.nextInt(FashionMnist.CLASS_NAMES.size()), random);
    double brightness = random.between(DARKEST, 1);
    double share = random.between(0, MOST_SHINING_THROUGH);

    for (int i = 0; i < garment.length; i++) {
      double shade = brightness * ((1 - share) * garment[i] + share * other[i]);
      double noisy = shade + random.between(-NOISE, NOISE);
      pixels[offset + i] = (byte) Math.round(255 * Math.min(1, Math.max(0, noisy)));
    }
  }
}
