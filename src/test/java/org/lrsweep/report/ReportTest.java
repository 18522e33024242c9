package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;

class ReportTest {
  private static final SampleRun SAMPLE = new SampleRun("r1", 4, 10);

  @TempDir private Path output;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(output.toString(), new Configuration());
  }

  private Path report(String file) {
    return output.resolve("reports/r1").resolve(file);
  }

  @Test
  void drawsAllPlotsOfAWholeRun() throws IOException {
    SAMPLE.write(store, 3);

    Report.write(store, "r1");

    assertThat(report("report.html")).content().contains("r1", "fashion-mnist");

    for (String plot : List.of("lrfind_plot.png", "training_plot.png", "clr_plot.png")) {
      BufferedImage image = ImageIO.read(report(plot).toFile());
      assertThat(image.getWidth()).as(plot).isEqualTo(2 * Figure.WIDTH);
    }
  }

  @Test
  void leavesOutWhatTheRunDoesNotHave() {
    store.commitRun(SAMPLE.run());
    SAMPLE.writeFinder(store);

    Report.write(store, "r1");

    assertThat(report("lrfind_plot.png")).exists();
    assertThat(report("training_plot.png")).doesNotExist();
    assertThat(report("clr_plot.png")).doesNotExist();
  }

  @Test
  void aSweepNeedsNoFinder() {
    store.commitRun(SAMPLE.run());
    SAMPLE.writeTrials(store, 1);

    Report.write(store, "r1");

    assertThat(report("lrfind_plot.png")).doesNotExist();
    assertThat(report("training_plot.png")).exists();
  }

  @Test
  void canBeMadeAgain() {
    SAMPLE.write(store, 1);

    Report.write(store, "r1");
    Report.write(store, "r1");

    assertThat(report("clr_plot.png")).exists();
  }

  @Test
  void curvesThatAreNotFiniteAreDrawnAsFarAsTheyGo() {
    store.commitRun(SAMPLE.run());
    store.write(
        Tables.FINDER_STEPS,
        "r1",
        IntStream.range(0, 40).mapToObj(step -> finderStep(step, step < 30 ? 2 : 1e308)).toList());
    store.write(
        Tables.FINDER_SUGGESTIONS,
        "r1",
        List.of(
            new FinderSuggestionRow("r1", "config", null, 1e-20, 1e9, "beyond the curve", true),
            new FinderSuggestionRow("r1", "none", null, null, null, "no minimum", false)));
    store.write(Tables.TRIALS, "r1", List.of(failed()));
    store.write(
        Tables.EPOCHS,
        "r1",
        List.of(new EpochRow("r1", "t1", 1, Double.POSITIVE_INFINITY, 0.1, Double.NaN, null, 10)));

    Report.write(store, "r1");

    assertThat(report("lrfind_plot.png")).exists();
    assertThat(report("training_plot.png")).exists();
    assertThat(report("clr_plot.png")).doesNotExist();
  }

  private static FinderStepRow finderStep(int step, double loss) {
    double raw = step == 35 ? Double.POSITIVE_INFINITY : loss;
    double multiplier = Math.pow(1.5, step);
    return new FinderStepRow("r1", step, 1e-8 * multiplier, multiplier, raw, loss, 2, 64, 0, null);
  }

  private static TrialRow failed() {
    return new TrialRow(
        "r1",
        "t1",
        "triangular",
        2,
        20,
        1e-5,
        1e-2,
        64,
        4,
        1,
        TrialStatus.FAILED,
        "lost",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void aComparisonNeedsTwoRuns() {
    assertThatThrownBy(() -> Report.compare(store, List.of("r1", "r1")))
        .isInstanceOf(ReportException.class)
        .hasMessage("a comparison needs at least two different runs, found r1,r1");
    assertThatThrownBy(() -> Report.compare(store, List.of("r1", "r2")))
        .hasMessageStartingWith("run \"r1\" is not in output");
  }

  @Test
  void namesTheRunsThereAreWhenAskedForAnother() {
    assertThatThrownBy(() -> Report.write(store, "r1"))
        .isInstanceOf(ReportException.class)
        .hasMessage("run \"r1\" is not in output file:" + output + "; it has no runs");

    store.commitRun(SAMPLE.run());

    assertThatThrownBy(() -> Report.write(store, "r2")).hasMessageEndingWith("; it has r1");
  }
}
