package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lrsweep.data.garments.GeneratedGarments;

class ImageSetTest {

  private final ImageSet images =
      ImageSet.of(
          1, 2, new byte[] {0, 1, 10, 11, 20, 21, 30, 31}, new byte[] {0, 1, 2, (byte) 200});

  @Test
  void slicesConsecutiveImages() {
    ImageSet slice = images.slice(1, 3);

    assertThat(slice.size()).isEqualTo(2);
    assertThat(slice.pixels()).containsExactly(10, 11, 20, 21);
    assertThat(slice.labels()).containsExactly(1, 2);
    assertThat(images.first(1).pixels()).containsExactly(0, 1);
  }

  @Test
  void picksImagesInTheGivenOrder() {
    ImageSet subset = images.subset(new int[] {3, 0, 3});

    assertThat(subset.pixels()).containsExactly(30, 31, 0, 1, 30, 31);
    assertThat(subset.label(0)).isEqualTo(200);
    assertThat(subset.label(1)).isZero();
  }

  @Test
  void refusesImagesThatItDoesNotHave() {
    assertThatThrownBy(() -> images.slice(2, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.subset(new int[] {4}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesPixelsThatDoNotFitTheLabels() {
    assertThatThrownBy(() -> ImageSet.of(2, 2, new byte[7], new byte[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 labels need 2 x 2 x 2 pixels, found 7");
  }

  @Test
  void isNotChangedThroughTheArraysItWasMadeOf() {
    byte[] pixels = {1, 2};
    ImageSet set = ImageSet.of(1, 2, pixels, new byte[1]);

    pixels[0] = 9;

    assertThat(set.pixels()).containsExactly(1, 2);
  }

  @Test
  void serialisesToLittleMoreThanItsBytes() throws IOException, ClassNotFoundException {
    ImageSet large = GeneratedGarments.train(100);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(large);
    }

    assertThat(bytes.size()).isBetween(78_500, 78_800);

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject())
          .isInstanceOfSatisfying(
              ImageSet.class, read -> assertThat(read.pixels()).containsExactly(large.pixels()));
    }
  }

  /** Arrays of two images of 2 bytes; the last one holds what is left. */
  @Test
  void holdsMoreThanOneArrayCan() throws IOException, ClassNotFoundException {
    ImageSet divided = images.picked(3, i -> 3 - i, 5);

    assertThat(divided.block(0)).containsExactly(30, 31, 20, 21).isSameAs(divided.block(1));
    assertThat(divided.block(2)).containsExactly(10, 11);
    assertThat(divided.offset(1)).isEqualTo(2);
    assertThat(divided.offset(2)).isZero();
    assertThat(divided.pixels()).containsExactly(30, 31, 20, 21, 10, 11);
    assertThat(divided.slice(1, 3).pixels()).containsExactly(20, 21, 10, 11);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(divided);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject())
          .isInstanceOfSatisfying(
              ImageSet.class, read -> assertThat(read.block(2)).containsExactly(10, 11));
    }
  }

  @Test
  void givesAnArrayToEachImageThatIsLargerThanOneShouldBe() {
    ImageBlocks blocks = ImageBlocks.allocate(2, 9, 4);

    assertThat(blocks.block(0)).hasSize(9).isNotSameAs(blocks.block(1));
  }

  @Test
  void datasetKeepsTheDigestOfTheWholeInItsParts() {
    Dataset part = dataset().first(OptionalInt.of(2), OptionalInt.empty());

    assertThat(part.train().size()).isEqualTo(2);
    assertThat(part.test().size()).isEqualTo(4);
    assertThat(part.sha256()).isEqualTo("digest");
  }

  @Test
  void datasetRefusesMoreExamplesThanItHas() {
    assertThatThrownBy(() -> dataset().first(OptionalInt.empty(), OptionalInt.of(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test examples must be between 1 and 4, the size of name's test set, found 5");
  }

  @Test
  void datasetRefusesTwoImageSizes() {
    ImageSet other = new ImageSet(2, 1, new byte[2], new byte[1]);

    assertThatThrownBy(() -> new Dataset("name", "digest", images, other, List.of("top")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train and test images must have one size, found 1 x 2 and 2 x 1");
  }

  private Dataset dataset() {
    return new Dataset("name", "digest", images, images, List.of("top"));
  }
}
