package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.lrsweep.testing.SparkProcesses;

/** A range test on a folder of colour images of a user's own, and what local mode makes of it. */
final class OwnImages {
  private static final List<String> CLASSES = List.of("blue ones", "red ones");
  private static final int IMAGES_A_CLASS = 40;
  private static final int SIZE = 16;

  private static OwnImages local;

  private final Path folder;

  private OwnImages(Path folder) {
    this.folder = folder;
  }

  /** Writes the images, and tests their range in local mode, once for all tests. */
  static synchronized OwnImages local() throws Exception {
    if (local == null) {
      Path folder = Files.createTempDirectory(SparkProcesses.TARGET, "own-images-");
      OwnImages images = new OwnImages(folder);
      images.write();
      try (SparkProcesses spark =
          new SparkProcesses(Files.createDirectory(folder.resolve("spark")))) {
        List<String> arguments = images.find(images.images().toString(), images.output());
        arguments.addAll(List.of("--", "--master", "local[2,4]"));
        SmallRun.assertSucceeds(spark.submit("local.sh", Map.of(), arguments));
      }
      local = images;
    }
    return local;
  }

  private void write() throws IOException {
    Random random = new Random(4);
    for (String name : CLASSES) {
      Path of = Files.createDirectories(images().resolve(name));
      for (int i = 0; i < IMAGES_A_CLASS; i++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        int strongest = name.startsWith("red") ? 16 : 0;
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
          int rgb = random.nextInt(0x1000000) | 0xc0 << strongest;
          image.setRGB(pixel % SIZE, pixel / SIZE, rgb);
        }
        ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
      }
    }
    Files.writeString(folder.resolve("own.conf"), "lrsweep { seed = 5 }\n");
  }

  /** The folder of a folder for each class. */
  Path images() {
    return folder.resolve("images");
  }

  /** All images. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(images())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String output() {
    return folder.resolve("results").toString();
  }

  /** The command that tests the range of a copy of the images. */
  List<String> find(String copy, String output) {
    List<String> command =
        new ArrayList<>(
            List.of("find", "--config", folder.resolve("own.conf").toString(), "--run-id"));
    command.add(SmallRun.ID);
    for (String setting :
        List.of(
            "data.dataset=image-folder",
            "data.train=\"" + copy + "\"",
            "data.image-size=" + SIZE,
            "data.validation=0.2",
            "model.network=small-cnn",
            "batch-size=8",
            "finder.epochs=6",
            "finder.workers=2",
            "output=" + output)) {
      command.addAll(List.of("--set", setting));
    }
    return command;
  }

  /** Compares an output with local mode's. */
  void assertSameFinder(String actual) {
    assertThat(actual).isNotEqualTo(output());
    SmallRun.assertSameFinder(actual, output());
  }
}
