package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.TriedInput;

class DataCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int data(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "data";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return LrSweep.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private Path config() throws IOException {
    return Files.writeString(
        folder.resolve("garments.conf"),
        """
        lrsweep {
          output = "%s"
          data { dataset = generated-garments, train-examples = 100, test-examples = 20 }
          data.image-size = 32
        }
        """
            .formatted(folder.resolve("out")));
  }

  @Test
  void showsASetWithANameAndTenOfItsImages() throws IOException {
    assertThat(data("--config", config().toString())).isZero();

    assertThat(out.toString())
        .startsWith("generated-garments: 100 training and 20 test images of 10 classes, SHA-256 ")
        .contains("shape     1 x 32 x 32, bytes from 0 to ")
        .contains("ankle boot  ")
        .contains("picture   file:" + folder.resolve("out/data-examples.png"));
    assertThat(ImageIO.read(folder.resolve("out/data-examples.png").toFile()).getWidth())
        .isEqualTo(10 * (64 + 4) + 4);
  }

  @Test
  void thePictureGoesWhereItIsWanted() throws IOException {
    Path picture = folder.resolve("some/where/ten.png");

    assertThat(data("--config", config().toString(), "--picture", picture.toString())).isZero();

    assertThat(picture).isNotEmptyFile();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  @TriedInput(input = "`data --fetch --picture a.png`", gets = "--picture shows examples of an ...")
  void aPictureOfNoExperimentIsRefused() {
    assertThat(data("--generate", folder.toString(), "--picture", "a.png")).isEqualTo(2);
    assertThat(err.toString()).contains("--picture shows examples of an experiment: give it with");
    assertThat(folder).isEmptyDirectory();
  }
}
