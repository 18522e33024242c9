package org.lrsweep.data.garments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.idx.IdxFile;
import org.lrsweep.data.idx.IdxReader;

class GeneratedGarmentsTest {

  /**
   * Whoever changes the drawings changes the data set: results are then not comparable any more.
   */
  private static final String SHA256 =
      "5705cb2ac67f56f6446ff3991d96783b83048f9d98364e3f5ede66db47d79421";

  @Test
  void drawsTheSameBitsOnEveryMachine() {
    Dataset dataset = GeneratedGarments.dataset(OptionalInt.empty(), OptionalInt.empty());

    assertThat(IdxFile.sha256(GeneratedGarments.files(dataset.train(), dataset.test())))
        .isEqualTo(SHA256);
    assertThat(dataset.sha256()).isEqualTo(SHA256);
    assertThat(dataset.name()).isEqualTo("generated-garments");
    assertThat(dataset.train().size()).isEqualTo(60_000);
    assertThat(dataset.test().size()).isEqualTo(10_000);
    assertThat(dataset.classNames()).isEqualTo(FashionMnist.CLASS_NAMES);
  }

  @Test
  void aPartIsOfTheSameDataSet() {
    Dataset part = GeneratedGarments.dataset(OptionalInt.of(20), OptionalInt.of(5));

    assertThat(part.train().pixels()).containsExactly(GeneratedGarments.train(20).pixels());
    assertThat(part.test().labels()).containsExactly(GeneratedGarments.test(5).labels());
    assertThat(part.sha256()).isEqualTo(SHA256);
    assertThatThrownBy(() -> GeneratedGarments.dataset(OptionalInt.of(60_001), OptionalInt.empty()))
        .hasMessage(
            "train examples must be between 1 and 60000, the size of generated-garments's train"
                + " set, found 60001");
  }

  @Test
  void drawsAnImageWhateverComesAfterIt() {
    assertThat(GeneratedGarments.train(50).first(20).pixels())
        .containsExactly(GeneratedGarments.train(20).pixels());
  }

  @Test
  void drawsTestImagesThatAreNoTrainingImages() {
    assertThat(GeneratedGarments.test(20).pixels())
        .isNotEqualTo(GeneratedGarments.train(20).pixels());
  }

  @Test
  void drawsEachClassAboutEquallyOften() {
    int[] counts = new int[10];
    ImageSet images = GeneratedGarments.train(10_000);

    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }

    // Five standard deviations of a binomial distribution.
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
  }

  /** The mean images tell most garments apart, but far from all: there is something to learn. */
  @Test
  void isNeitherRandomNorTrivial() {
    double[][] means = classMeans(GeneratedGarments.train(4_000));
    ImageSet test = GeneratedGarments.test(1_000);
    int right = 0;

    for (int i = 0; i < test.size(); i++) {
      right += nearest(means, test, i) == test.label(i) ? 1 : 0;
    }

    assertThat(right).isBetween(500, 800);
  }

  @Test
  void writesFilesThatReadBackTheSame(@TempDir Path folder) throws IOException {
    Path directory = folder.resolve("garments");
    IdxReader reader = new IdxReader(28, 28, 10);

    GeneratedGarments.write(
        GeneratedGarments.train(30),
        GeneratedGarments.test(20),
        new HadoopFiles(new Configuration()),
        directory.toString());

    ImageSet test =
        reader.pair(
            reader.readImages(
                "images", Files.newInputStream(directory.resolve("t10k-images-idx3-ubyte.gz")), 20),
            reader.readLabels(
                "labels",
                Files.newInputStream(directory.resolve("t10k-labels-idx1-ubyte.gz")),
                20));
    assertThat(test.pixels()).containsExactly(GeneratedGarments.test(20).pixels());
    assertThat(test.labels()).containsExactly(GeneratedGarments.test(20).labels());
    assertThat(directory.resolve("train-images-idx3-ubyte.gz")).isNotEmptyFile();
    assertThat(directory.resolve("train-labels-idx1-ubyte.gz")).isNotEmptyFile();
  }

  private static double[][] classMeans(ImageSet images) {
    double[][] means = new double[10][28 * 28];
    int[] counts = new int[10];

    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;

      for (int j = 0; j < 28 * 28; j++) {
        means[images.label(i)][j] += pixel(images, i, j);
      }
    }

    for (int label = 0; label < 10; label++) {
      for (int j = 0; j < 28 * 28; j++) {
        means[label][j] /= counts[label];
      }
    }

    return means;
  }

  private static int nearest(double[][] means, ImageSet images, int i) {
    int nearest = 0;
    double least = Double.MAX_VALUE;

    for (int label = 0; label < means.length; label++) {
      double distance = 0;

      for (int j = 0; j < 28 * 28; j++) {
        double difference = pixel(images, i, j) - means[label][j];
        distance += difference * difference;
      }

      if (distance < least) {
        least = distance;
        nearest = label;
      }
    }

    return nearest;
  }

  private static int pixel(ImageSet images, int i, int j) {
    return Byte.toUnsignedInt(images.pixels()[i * 28 * 28 + j]);
  }
}
