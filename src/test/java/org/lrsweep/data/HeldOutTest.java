package org.lrsweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static final int PIXELS = 4;

  /** So many images of class 0, half as many of class 1, and one of class 7. */
  private static ImageSet images(int count) {
    byte[] labels = new byte[count + count / 2 + 1];
    Arrays.fill(labels, count, labels.length - 1, (byte) 1);
    labels[labels.length - 1] = 7;
    byte[] pixels = new byte[labels.length * PIXELS];
    new Random(3).nextBytes(pixels);
    return ImageSet.of(2, 2, pixels, labels);
  }

  private static long count(ImageSet images, int label) {
    byte[] labels = images.labels();
    int found = 0;
    for (byte one : labels) {
      found += one == label ? 1 : 0;
    }
    return found;
  }

  private static Set<String> pictures(ImageSet images) {
    Set<String> all = new HashSet<>();
    byte[] pixels = images.pixels();
    for (int i = 0; i < images.size(); i++) {
      all.add(Arrays.toString(Arrays.copyOfRange(pixels, i * PIXELS, (i + 1) * PIXELS)));
    }
    return all;
  }

  @Test
  void takesTheFractionOfEachClassButNeverAllOfOne() {
    HeldOut split = HeldOut.of(images(100), 0.2, 42);

    assertThat(count(split.taken(), 0)).isEqualTo(20);
    assertThat(count(split.taken(), 1)).isEqualTo(10);
    assertThat(count(split.taken(), 7)).isZero();
    assertThat(count(split.rest(), 0)).isEqualTo(80);
    assertThat(count(split.rest(), 1)).isEqualTo(40);
    assertThat(count(split.rest(), 7)).isEqualTo(1);
  }

  @Test
  void noImageIsInBothParts() {
    HeldOut split = HeldOut.of(images(100), 0.3, 42);

    assertThat(pictures(split.rest())).doesNotContainAnyElementsOf(pictures(split.taken()));
  }

  @Test
  void equalImagesOfAClassStayTogether() {
    byte[] pixels = new byte[60 * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / PIXELS / 3); // three of each picture
    }
    ImageSet images = ImageSet.of(2, 2, pixels, new byte[60]);

    HeldOut split = HeldOut.of(images, 0.25, 42);

    assertThat(split.taken().size()).isEqualTo(15);
    assertThat(pictures(split.rest())).doesNotContainAnyElementsOf(pictures(split.taken()));
  }

  @Test
  void aSetOfWhichNothingCanBeHeldOutIsRefused() {
    ImageSet one = ImageSet.of(2, 2, new byte[8], new byte[] {0, 1});
    Dataset set = new Dataset("name", "digest", one, one, List.of("a", "b"));

    assertThatThrownBy(() -> set.withValidation(0.1, 42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "data.validation = 0.1 holds out nothing of 2 training images, since no class has two"
                + " different ones; set data.train-examples higher");
  }

  @Test
  void followsFromThePixelsAndTheSeedAlone() {
    ImageSet images = images(100);
    int[] backwards = new int[images.size()];
    Arrays.setAll(backwards, i -> images.size() - 1 - i);

    Set<String> taken = pictures(HeldOut.of(images, 0.2, 42).taken());

    assertThat(pictures(HeldOut.of(images.subset(backwards), 0.2, 42).taken())).isEqualTo(taken);
    assertThat(pictures(HeldOut.of(images, 0.2, 43).taken())).isNotEqualTo(taken);
  }
}
