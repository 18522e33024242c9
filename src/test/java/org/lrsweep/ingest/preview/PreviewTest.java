package org.lrsweep.ingest.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private static final int GAP = 4;

  private static Preview preview(int[] shape, String numbers, ShownExample... examples) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    counts.put("train", Map.of("cat", 1200L, "dog", 34L));
    counts.put("test", Map.of("dog", 7L));
    return new Preview(
        "pets",
        "ab12",
        shape,
        numbers,
        -1,
        0.1f,
        "none",
        List.of("cat", "dog"),
        counts,
        "here",
        List.of(examples));
  }

  private static BufferedImage picture(Preview preview) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PreviewPicture(preview).writeTo(out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static int colour(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }

  @Test
  void countsStandByClassAndPart() {
    Preview preview =
        preview(
            new int[] {2},
            Preview.FLOATS,
            new ShownExample("dog", new float[] {0, 1}, new float[] {0, 1}));

    assertThat(preview.title())
        .isEqualTo("pets: 1234 training and 7 test examples of 2 classes, SHA-256 ab12");
    assertThat(new PreviewText(preview).lines().lines())
        .containsExactly(
            "  shape     2, 32-bit numbers from -1 to 0.1",
            "  scaling   none",
            "  storage   here",
            "  classes                train         test",
            "            cat          1,200            0",
            "            dog             34            7",
            "            all          1,234            7",
            "  examples  dog");
  }

  @Test
  void ofManyClassesTheFirstAreShown() {
    List<String> classes = IntStream.range(0, 250).mapToObj(i -> "c" + i).toList();
    Preview preview =
        new Preview(
            "many",
            "ab",
            new int[] {1},
            Preview.BYTES,
            0,
            1,
            "none",
            classes,
            Map.of(),
            "",
            List.of());

    assertThat(new PreviewText(preview).lines().lines())
        .contains("            c99", "            and 150 more")
        .noneMatch(line -> line.contains("c100"));
  }

  /** Red above, what augmenting made green below; each pixel of 2 x 2 enlarged by 32. */
  @Test
  void anImageStandsAboveWhatIsTrainedOn() throws IOException {
    float[] red = {255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] green = {0, 0, 0, 0, 255, 255, 255, 128, 0, 0, 0, 0};
    BufferedImage picture =
        picture(preview(new int[] {3, 2, 2}, Preview.BYTES, new ShownExample("cat", red, green)));

    assertThat(picture.getWidth()).isEqualTo(64 + 2 * GAP);
    assertThat(picture.getHeight()).isEqualTo(2 * 64 + 3 * GAP);
    assertThat(colour(picture, 0, 0)).isEqualTo(0xffffff);
    assertThat(colour(picture, GAP, GAP)).isEqualTo(0xff0000);
    assertThat(colour(picture, GAP + 31, 2 * GAP + 64 + 31)).isEqualTo(0x00ff00);
    assertThat(colour(picture, GAP + 63, 2 * GAP + 64 + 63)).isEqualTo(0x008000);
  }

  /** Each column has a scale of its own, so that large numbers don't hide small ones. */
  @Test
  void rowsOfNumbersAreCells() throws IOException {
    List<ShownExample> rows = new ArrayList<>();
    for (float[] row :
        List.of(new float[] {0, 5000}, new float[] {0.5f, 6000}, new float[] {1, 5000})) {
      rows.add(new ShownExample("cat", row, row));
    }
    BufferedImage picture =
        picture(preview(new int[] {2}, Preview.FLOATS, rows.toArray(ShownExample[]::new)));

    assertThat(picture.getWidth()).isEqualTo(2 * 16);
    assertThat(picture.getHeight()).isEqualTo(3 * 16);
    assertThat(List.of(colour(picture, 0, 0), colour(picture, 0, 16), colour(picture, 0, 32)))
        .containsExactly(0x000000, 0x808080, 0xffffff);
    assertThat(List.of(colour(picture, 16, 0), colour(picture, 16, 16)))
        .containsExactly(0, 0xffffff);
  }
}
