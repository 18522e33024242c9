package org.lrsweep.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final int SIZE = 16;

  private final ImageDecoder asItIs = new ImageDecoder(0, SIZE, SIZE);

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage grey() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.getRaster().setSample(i % SIZE, i / SIZE, 0, i);
    }
    return image;
  }

  private static BufferedImage colour(int type) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, type);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, 0xff000000 | i << 16 | (255 - i) << 8 | i / 2);
    }
    return image;
  }

  /** Java's own conversion of grey to RGB would make 64 a 136. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void greyPixelsStayWhatTheyAre(String format) throws IOException {
    DecodedExample image = asItIs.decode("a file", "cat", file(grey(), format));

    assertThat(image.problem()).isEmpty();
    assertThat(image.label()).isEqualTo("cat");
    assertThat(image.shape()).containsExactly(1, SIZE, SIZE);
    byte[] expected = new byte[SIZE * SIZE];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) i;
    }
    assertThat(image.values()).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR
      })
  void colourImagesBecomeARedAGreenAndABluePlane(int type) throws IOException {
    DecodedExample image = asItIs.decode("a file", "cat", file(colour(type), "png"));

    assertThat(image.shape()).containsExactly(3, SIZE, SIZE);
    for (int i = 0; i < SIZE * SIZE; i++) {
      assertThat(image.values()[i]).isEqualTo((byte) i);
      assertThat(image.values()[SIZE * SIZE + i]).isEqualTo((byte) (255 - i));
      assertThat(image.values()[2 * SIZE * SIZE + i]).isEqualTo((byte) (i / 2));
    }
  }

  @Test
  void palettesAreGreyOrColourAsTheirColoursAre() throws IOException {
    byte[] ramp = new byte[256];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) i;
    }
    byte[] dark = new byte[256];
    BufferedImage greys =
        new BufferedImage(
            2, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, ramp, ramp, ramp));
    greys.getRaster().setSample(1, 0, 0, 200);
    BufferedImage reds =
        new BufferedImage(
            2, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, ramp, dark, dark));
    ImageDecoder small = new ImageDecoder(0, 2, 2);

    assertThat(small.decode("a", "x", file(greys, "png")).values())
        .containsExactly(0, (byte) 200, 0, 0);
    assertThat(small.decode("a", "x", file(reds, "png")).shape()).containsExactly(3, 2, 2);
  }

  @Test
  void ofSixteenBitsTheUpperEightStay() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    ((DataBufferUShort) image.getRaster().getDataBuffer()).getData()[1] = (short) 0x80ff;

    assertThat(new ImageDecoder(0, 1, 2).decode("a", "x", file(image, "png")).values())
        .containsExactly(0, (byte) 0x80);
  }

  /** Pillow: Image.new("RGB", (1, 1), (10, 200, 30)).convert("L").getpixel((0, 0)) is 124. */
  @Test
  void colourBecomesGreyAsPillowDoesIt() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 10 << 16 | 200 << 8 | 30);

    assertThat(new ImageDecoder(1, 1, 1).decode("a", "x", file(image, "png")).values())
        .containsExactly(124);
    assertThat(new ImageDecoder(3, SIZE, SIZE).decode("a", "x", file(grey(), "png")).values())
        .startsWith(0, 1, 2)
        .endsWith(253, 254, 255);
  }

  @Test
  void imagesAreResized() throws IOException {
    DecodedExample image = new ImageDecoder(0, 8, 24).decode("a", "x", file(grey(), "png"));

    assertThat(image.shape()).containsExactly(1, 8, 24);
    assertThat(image.values()).hasSize(8 * 24);
  }

  @Test
  void whatIsNoImageSaysSo() throws IOException {
    byte[] whole = file(colour(BufferedImage.TYPE_INT_RGB), "jpg");

    assertThat(asItIs.decode("f.jpg", "x", null).problem())
        .isEqualTo("f.jpg has no image: it is null");
    assertThat(asItIs.decode("f.jpg", "x", new byte[0]).problem())
        .isEqualTo("f.jpg is empty: it has 0 bytes");
    assertThat(asItIs.decode("f.jpg", "x", "no image".getBytes(StandardCharsets.UTF_8)).problem())
        .isEqualTo(
            "f.jpg is damaged, or no image of PNG, JPEG, BMP or GIF: its first bytes are of no such"
                + " format");
    assertThat(asItIs.decode("f.jpg", "x", Arrays.copyOf(whole, whole.length - 40)).problem())
        .startsWith("f.jpg is damaged, or no image of PNG, JPEG, BMP or GIF: ");
  }

  /** A file of a few bytes may claim to have a billion pixels. */
  @Test
  void hugeImagesAreNotDecoded() throws IOException {
    byte[] bmp = file(grey(), "bmp");
    for (int i = 18; i < 26; i++) {
      bmp[i] = (byte) (i % 4 == 3 ? 1 : 0);
    }

    assertThat(asItIs.decode("f.bmp", "x", bmp).problem()).contains("damaged");
  }
}
