package org.lrsweep.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lrsweep.cli.LrSweep;
import org.lrsweep.schedule.AmplitudeScale;

class ScheduleCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesTheStepsAsCsv() {
    int exit = run("--policy triangular --base-lr 0.1 --max-lr 0.5 --step-size-steps 2 --steps 5");

    assertThat(exit).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "step,lr,momentum",
            "0,0.1,",
            "1," + (0.1 + 0.4 * 0.5) + ",",
            "2,0.5,",
            "3," + (0.1 + 0.4 * 0.5) + ",",
            "4,0.1,");
  }

  @Test
  void cyclesTheMomentumAgainstTheRate() {
    run(
        "--policy triangular --base-lr 0 --max-lr 1 --step-size-steps 1 --step-size-down-steps 3"
            + " --steps 5 --base-momentum 0.8 --max-momentum 0.9");

    List<String> rows = out.toString().lines().skip(1).toList();
    assertThat(rows.get(1)).isEqualTo("1,1.0,0.8");
    assertThat(rows.get(4)).isEqualTo("4,0.0,0.9");
    assertThat(lr(rows.get(2))).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void takesTheStepSizeInEpochs() {
    run(
        "--policy triangular2 --base-lr 0 --max-lr 1 --step-size-epochs 2 --examples 70"
            + " --batch-size 32 --steps 13");

    List<String> rows = out.toString().lines().skip(1).toList();
    assertThat(lr(rows.get(4))).isEqualTo(1);
    assertThat(lr(rows.get(8))).isEqualTo(0);
    assertThat(lr(rows.get(12))).isEqualTo(0.5);
  }

  @Test
  void knowsBothFormsOfExpRange() {
    run("--policy exp_range --base-lr 1 --max-lr 3 --gamma 0.5 --step-size-steps 1 --steps 3");
    run(
        "--policy exp_range_paper --base-lr 1 --max-lr 3 --gamma 0.5 --step-size-steps 1 --steps"
            + " 3");

    assertThat(out.toString().lines().filter(row -> row.startsWith("1,") || row.startsWith("2,")))
        .containsExactly("1,2.0,", "2,1.0,", "1,1.5,", "2,0.25,");
  }

  @Test
  void knowsCosineRestartsAndTheControls() {
    run(
        "--policy cosine_restarts --base-lr 0 --max-lr 1 --step-size-steps 1 --restart-growth 2"
            + " --steps 7");
    run("--policy linear --max-lr 1 --steps 4");
    run("--policy constant --max-lr 0.5 --steps 2");

    assertThat(out.toString().lines().filter(row -> row.endsWith(",1.0,")))
        .containsExactly("0,1.0,", "2,1.0,", "6,1.0,", "0,1.0,");
    assertThat(out.toString().lines()).contains("3,0.25,").endsWith("0,0.5,", "1,0.5,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--policy linear --base-lr 0.1|--policy linear takes --max-lr alone; leave out --base-lr"
            + " and the momentum",
        "--policy constant --step-size-steps 3|--policy constant takes its length from --steps;"
            + " leave out --step-size-... and --scale-class",
        "--policy triangular --step-size-steps 3|--policy triangular needs --base-lr",
        "--policy one_cycle --base-lr 0.1 --restart-growth 2|--restart-growth is for --policy"
            + " cosine_restarts, found --policy one_cycle",
        "--policy cosine_restarts --base-lr 0.1 --step-size-steps 3 --restart-growth"
            + " 0.5|--restart-growth must be finite and >= 1, found 0.5",
      })
  void refusesWhatAPolicyHasNot(String options, String message) {
    int exit = run(options + " --max-lr 1 --steps 30");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void knowsTheOneCycle() {
    run(
        "--policy one_cycle --base-lr 0.1 --max-lr 1 --final-lr 0.01 --up-fraction 0.4 --steps 10"
            + " --annealing linear");

    List<String> rows = out.toString().lines().skip(1).toList();
    assertThat(rows).hasSize(10);
    assertThat(lr(rows.get(0))).isEqualTo(0.1);
    assertThat(lr(rows.get(3))).isCloseTo(1, within(1e-15));
    assertThat(lr(rows.get(9))).isCloseTo(0.01, within(1e-15));
  }

  @Test
  void takesAScaleOfOnesOwn() {
    run(
        "--policy triangular --base-lr 0 --max-lr 1 --step-size-steps 1 --steps 4 --scale-class "
            + Thirds.class.getName());

    assertThat(lr(out.toString().lines().toList().get(2))).isEqualTo(1 / 3.0);
  }

  @Test
  void writesIntoAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("schedule.csv");

    run("--policy triangular --base-lr 0 --max-lr 1 --step-size-steps 1 --steps 2 --csv " + file);

    assertThat(Files.readAllLines(file)).containsExactly("step,lr,momentum", "0,0.0,", "1,1.0,");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void drawsThePlotInPlaceOfTheCsv(@TempDir Path folder) throws Exception {
    Path plot = folder.resolve("schedule.png");

    int exit =
        run(
            "--policy triangular2 --base-lr 0.001 --max-lr 0.01 --step-size-steps 100 --steps 600"
                + " --base-momentum 0.8 --max-momentum 0.9 --plot "
                + plot);

    assertThat(exit).isZero();
    assertThat(ImageIO.read(plot.toFile()).getHeight()).isGreaterThan(2 * 640);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--policy sine --step-size-steps 5|--policy must be one of triangular, triangular2,"
            + " exp_range, exp_range_paper, cosine_restarts, one_cycle, linear, constant, found"
            + " sine",
        "--policy triangular|--policy triangular needs either --step-size-steps or"
            + " --step-size-epochs",
        "--policy triangular --step-size-steps 0|--step-size-steps must be >= 1, found 0",
        "--policy exp_range --step-size-steps 5 --gamma 2|--gamma must be > 0 and <= 1, found 2.0",
        "--policy triangular --step-size-epochs 2|--batch-size must be >= 1, found 0",
        "--policy triangular --step-size-steps 5 --max-momentum 0.9|--base-momentum and"
            + " --max-momentum must be given together",
        "--policy one_cycle --step-size-steps 5|--policy one_cycle takes its length from --steps",
        "--policy triangular --step-size-steps 5 --final-lr 1|--final-lr is for --policy one_cycle",
        "--policy one_cycle --annealing square|--annealing must be one of linear, cosine, found"
            + " square",
        "--policy triangular --step-size-steps 5 --step-size-down-steps 0|--step-size-down-steps"
            + " must be >= 1, found 0",
        "--policy triangular --step-size-epochs 2 --batch-size 8|--examples must be >= 8, found 0",
        "--policy triangular --step-size-epochs NaN --batch-size 8|--step-size-epochs must be"
            + " finite and > 0, found NaN",
        "--policy triangular --step-size-steps 5 --base-momentum 0.9 --max-momentum 1|"
            + "--max-momentum must be >= 0 and < 1, found 1.0",
        "--policy triangular --step-size-steps 5 --base-momentum 0.9 --max-momentum 0.8|"
            + "--base-momentum must be >= 0 and <= --max-momentum (0.8), found 0.9",
        "--policy one_cycle --final-lr 0.5|--final-lr must be >= 0 and <= --base-lr (0.1), found"
            + " 0.5",
        "--policy one_cycle --up-fraction 0.1|--up-fraction * --steps must be > 1 and leave room"
            + " for the way down, found --up-fraction 0.1 and --steps 10",
        "--policy triangular --step-size-steps 5 --scale-class no.Such.maxLr|--scale-class must"
            + " name a public class on the class path that implements"
            + " org.lrsweep.schedule.AmplitudeScale and has a public constructor without"
            + " parameters, found no.Such.maxLr",
        "--policy triangular --step-size-steps 5 --scale-class maxLr|--scale-class must name a"
            + " public class on the class path that implements org.lrsweep.schedule.AmplitudeScale"
            + " and has a public constructor without parameters, found maxLr",
        "--policy triangular --step-size-steps 5 --csv /no/such/folder/x.csv|--csv"
            + " /no/such/folder/x.csv cannot be written:",
      })
  void saysWhichOptionIsWrong(String options, String problem) {
    int exit = run(options + " --base-lr 0.1 --max-lr 1 --steps 10");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).startsWith("lrsweep: " + problem);
  }

  @Test
  void namesTheOptionsAndNotTheParameters() {
    run("--policy triangular --step-size-steps 5 --base-lr 1 --max-lr 0.1 --steps 10");

    assertThat(err.toString())
        .startsWith("lrsweep: --max-lr must be finite and >= --base-lr (1.0), found 0.1");
  }

  private int run(String options) {
    return LrSweep.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(("schedule " + options).split(" ", -1));
  }

  private static double lr(String row) {
    return Double.parseDouble(row.split(",", -1)[1]);
  }

  /** A user's own scale. */
  public static final class Thirds implements AmplitudeScale {

    private static final long serialVersionUID = 1L;

    @Override
    public double at(long cycle, long step) {
      return 1 / 3.0;
    }
  }
}
