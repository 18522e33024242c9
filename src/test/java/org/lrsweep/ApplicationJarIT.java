package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What spark-submit is given. */
class ApplicationJarIT {
  private static final long LARGEST = 250L << 20;

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-app.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void isSmallerThan250Megabytes() throws IOException {
    assertThat(Files.size(jar())).isLessThan(LARGEST);
  }

  @Test
  void holdsNoClassThatTheClusterBrings() throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();

      assertThat(names)
          .noneMatch(name -> name.startsWith("org/apache/spark/"))
          .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
          .noneMatch(name -> name.startsWith("scala/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .contains("org/lrsweep/cli/LrSweep.class", "reference.conf");
    }
  }

  @Test
  void holdsOnePlatformsNativeCode() throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .filteredOn(name -> name.contains("libnd4jcpu.so"))
          .hasSize(1);
      assertThat(zip.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.contains("macosx") && name.endsWith(".dylib"))
          .noneMatch(name -> name.contains("windows-x86_64/") && name.endsWith(".dll"));
    }
  }

  @Test
  void comesWithABillOfItsMaterials() throws IOException {
    String materials = Files.readString(Path.of("target/lrsweep-sbom.json"));

    assertThat(materials)
        .contains("\"bomFormat\" : \"CycloneDX\"")
        .contains("pkg:maven/org.deeplearning4j/deeplearning4j-nn@1.0.0-M2.1")
        .contains("pkg:maven/info.picocli/picocli@")
        .doesNotContain("pkg:maven/org.apache.spark/", "pkg:maven/org.assertj/");
  }
}
