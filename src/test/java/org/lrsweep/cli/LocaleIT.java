package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.testing.RunComparison;
import org.lrsweep.testing.SparkProcesses;
import org.lrsweep.testing.TestJvm;

/** A run leaves the same names, bytes and words whatever language the machine speaks. */
class LocaleIT {
  private static final String RUN = "Locale_1.x";

  @TempDir static Path folder;
  private static Path english;

  @BeforeAll
  static void runInEnglish() throws Exception {
    english = run("-Duser.language=en -Duser.country=US");
  }

  /**
   * Persian digits, which Arabic has too, with a comma of their own; German's comma; Turkish's
   * dotless i, in a JVM that formats with Thai digits and years.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=de -Duser.country=DE",
        "-Duser.language=tr -Duser.country=TR -Duser.language.format=th -Duser.country.format=TH"
            + " -Duser.extensions.format=u-ca-buddhist-nu-thai",
      })
  void aRunIsTheSameInEveryLocale(String locale) throws Exception {
    Path other = run(locale);

    assertThat(files(other)).isEqualTo(files(english));
    RunComparison.assertSame(other.resolve("results"), english.resolve("results"), RUN);
    assertThat(model(other)).isEqualTo(model(english));
    assertThat(plots(other)).isEqualTo(plots(english));
    assertThat(printed(other)).isEqualTo(printed(english));
    for (String table : List.of("finder_steps", "train_steps", "confusion")) {
      assertThat(other.resolve("csv/" + table + ".csv"))
          .hasSameBinaryContentAs(english.resolve("csv/" + table + ".csv"));
    }
  }

  private static Path run(String locale) throws Exception {
    Path place = Files.createTempDirectory(folder, "run-");
    List<String> options =
        new ArrayList<>(List.of((SparkProcesses.QUICK_START + " " + locale).split(" ")));
    options.addAll(List.of("-Djava.awt.headless=true", "-Xmx1g", "-Dspark.master=local[2,4]"));
    options.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    List<String> command = TestJvm.command(options, LocaleProbe.class, place);
    Path log = Files.createTempFile(folder, "log-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(log) + Files.readString(place.resolve("printed.txt")))
          .isZero();
    } finally {
      process.destroyForcibly();
    }
    return place;
  }

  private static List<String> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.map(file -> place.relativize(file).toString()).sorted().toList();
    }
  }

  /** The entries of the trained network's zip, which has its time in each one's header. */
  private static Map<String, String> model(Path place) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    Path model = place.resolve("results/models/" + RUN + "/trial-01/model.zip");
    try (InputStream in = Files.newInputStream(model);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), sha256(zip.readAllBytes()));
      }
    }
    assertThat(entries).isNotEmpty();
    return entries;
  }

  private static Map<String, String> plots(Path place) throws Exception {
    Map<String, String> plots = new TreeMap<>();
    for (String plot : List.of("lrfind_plot.png", "training_plot.png", "clr_plot.png")) {
      plots.put(
          plot, sha256(Files.readAllBytes(place.resolve("results/reports/" + RUN + "/" + plot))));
    }
    return plots;
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** What the commands said, but for the run's own place and times. */
  private static List<String> printed(Path place) throws IOException {
    return Files.readString(place.resolve("printed.txt"))
        .replace(place.toString(), "PLACE")
        .replaceAll("\\d+(\\.\\d+)? (s|min|h)\\b", "TIME")
        .replaceAll("expected \\([+-]?\\d+ %\\)", "expected (DIFFERENCE)")
        .replaceAll(" +", " ")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?", "DATE")
        .lines()
        .toList();
  }
}
