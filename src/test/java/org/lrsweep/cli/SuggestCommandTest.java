package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SuggestCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsATableOfEveryMethod() throws IOException {
    int exit = run("--curve", curve().toString());

    assertThat(exit).isZero();
    assertThat(out.toString().lines()).hasSize(9);
    assertThat(out.toString().lines().toList().get(0))
        .matches("METHOD +LR +MIN LR +MAX LR +REASON");
    assertThat(out.toString().lines().toList().get(1))
        .matches(
            "descent +- +\\d\\.\\d\\de-0\\d +\\d\\.\\d\\de-0\\d +The loss starts at 2\\.300 .*");
  }

  @Test
  void printsAJsonObjectALine() throws IOException {
    run("--curve", curve().toString(), "--json");

    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0).fieldNames())
        .toIterable()
        .containsExactly("method", "lr", "min_lr", "max_lr", "reason");
    assertThat(lines.get(0).get("method").asText()).isEqualTo("descent");
    assertThat(lines.get(0).get("lr").isNull()).isTrue();
    assertThat(lines.get(0).get("max_lr").asDouble()).isBetween(1e-3, 1e-1);
    assertThat(lines.get(1).get("lr").isNumber()).isTrue();
    assertThat(lines.get(1).get("min_lr").isNull()).isTrue();
  }

  @Test
  void drawsTheCurveAndTheAnswers() throws IOException {
    Path plot = folder.resolve("curve.png");

    int exit = run("--curve", curve().toString(), "--plot", plot.toString());

    assertThat(exit).isZero();
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2400);
  }

  @Test
  void drawsAccuraciesInPerCentAndAnswersAsWithoutAPlot() throws IOException {
    List<String> lines = new ArrayList<>(List.of("lr,loss,acc"));
    for (int i = 0; i < 160; i++) {
      double lr = 1e-3 + i * 1e-3;
      double percent = i < 100 ? 10 + 0.78 * i : 88 - 0.8 * (i - 100);
      lines.add(lr + "," + (2.3 - percent / 100) + "," + percent);
    }
    String curve = Files.write(folder.resolve("p.csv"), lines).toString();
    Path plot = folder.resolve("p.png");

    int plain = run("--curve", curve);
    String answers = out.toString();
    int drawn = run("--curve", curve, "--plot", plot.toString());

    assertThat(plain).isZero();
    assertThat(drawn).isZero();
    assertThat(out.toString()).isEqualTo(answers + answers);
    assertThat(answers).containsPattern("smith +- +\\d");
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2400);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("160 points, accuracy in per cent"));
  }

  @Test
  void drawsLearningRatesThatAreFarApartAndHugeLosses() throws IOException {
    List<String> lines = new ArrayList<>(List.of("lr,loss"));
    for (int i = 0; i < 40; i++) {
      lines.add("1e" + (-300 + 15 * i) + "," + (i < 30 ? "-1.7e308" : "1.7e308"));
    }
    Path curve = Files.write(folder.resolve("far.csv"), lines);
    Path plot = folder.resolve("far.png");

    int exit = run("--curve", curve.toString(), "--plot", plot.toString());

    assertThat(err.toString()).doesNotContain("Exception");
    assertThat(exit).isZero();
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2400);
  }

  @Test
  void readsStandardInput() throws IOException {
    run("--curve", curve().toString());
    String answers = out.toString();
    InputStream stdin = System.in;
    try {
      System.setIn(Files.newInputStream(curve()));
      assertThat(run("--curve", "-")).isZero();
    } finally {
      System.setIn(stdin);
    }

    assertThat(out.toString()).isEqualTo(answers + answers);
  }

  /** As of {@code --curve /dev/stdin} behind a pipe, or {@code --curve <(...)}. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void readsAPipe() throws Exception {
    run("--curve", curve().toString());
    String answers = out.toString();
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer =
        new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", curve().toString(), pipe.toString())
            .start();

    int exit = run("--curve", pipe.toString());

    assertThat(writer.waitFor()).isZero();
    assertThat(exit).isZero();
    assertThat(out.toString()).isEqualTo(answers + answers);
  }

  @Test
  void takesTheColumnsThatAreNamedAndSaysWhatItTook() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(curve()));
    lines.set(0, "Rate,Error");
    String file = Files.write(folder.resolve("other.csv"), lines).toString();

    assertThat(run("--curve", file)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "lrsweep: --curve "
                + file
                + " must have the columns lr and loss, found Rate, Error; if others stand for"
                + " them, name them with --lr-column and --loss-column\n");

    err.getBuffer().setLength(0);
    assertThat(run("--curve", file, "--lr-column", "rate", "--loss-column", "Error")).isZero();
    assertThat(err.toString())
        .isEqualTo("lrsweep: took lr from column 'Rate', loss from 'Error', 160 points\n");
  }

  @Test
  void saysWhatIsWrongWithTheFile() {
    Path missing = folder.resolve("none.csv");

    int exit = run("--curve", missing.toString());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("lrsweep: --curve " + missing + " cannot be read as a curve, CSV or Parquet");
  }

  private int run(String... arguments) {
    return new CommandLine(new SuggestCommand())
        .setExecutionExceptionHandler(new Failures())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** Flat at 2.3 to 1e-5, down to 0.5 at 1e-2, up to 5 at 1. */
  private Path curve() throws IOException {
    List<String> lines = new ArrayList<>(List.of("lr,loss"));
    for (int i = 0; i < 160; i++) {
      double x = -8 + i / 20.0;
      double loss = x < -5 ? 2.3 : x < -2 ? 2.3 - 0.6 * (x + 5) : 0.5 + 2.25 * (x + 2);
      lines.add(Math.pow(10, x) + "," + loss);
    }
    return Files.write(folder.resolve("curve.csv"), lines);
  }
}
