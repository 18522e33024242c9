package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
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
