package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
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

class ReportTest {
  private static final SampleRun SAMPLE = new SampleRun("r1", 4, 10);

  private static final int LEGEND_HEIGHT = 200;

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

    // The first curve's blue and the chosen range's green; a trial's line is at least 2 px wide.
    assertThat(pixels("lrfind_plot.png", 0x0072b2)).hasSizeGreaterThan(2_000);
    assertThat(pixels("lrfind_plot.png", 0xe0f1df)).hasSizeGreaterThan(100_000);
    for (String plot : List.of("training_plot.png", "clr_plot.png")) {
      for (int trial = 0; trial < 3; trial++) {
        int color = TrialStyle.of(trial).color().getRGB() & 0xffffff;
        assertThat(pixels(plot, color)).as(plot + " " + trial).hasSizeGreaterThan(1_000);
      }
    }
  }

  /** Where a plot has a colour, above its legend. */
  private List<Point> pixels(String plot, int rgb) throws IOException {
    BufferedImage image = ImageIO.read(report(plot).toFile());
    return IntStream.range(0, image.getHeight() - LEGEND_HEIGHT)
        .boxed()
        .flatMap(
            y ->
                IntStream.range(0, image.getWidth())
                    .filter(x -> (image.getRGB(x, y) & 0xffffff) == rgb)
                    .mapToObj(x -> new Point(x, y)))
        .toList();
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
  void isMadeAgainInPlaceOfAnOlderOne() throws IOException {
    List<String> files =
        List.of("report.html", "lrfind_plot.png", "training_plot.png", "clr_plot.png");
    SAMPLE.write(store, 1);
    Report.write(store, "r1");
    List<byte[]> first = new ArrayList<>();
    for (String file : files) {
      first.add(Files.readAllBytes(report(file)));
      Files.writeString(report(file), "of an older version");
    }

    Report.write(store, "r1");

    for (int i = 0; i < files.size(); i++) {
      assertThat(report(files.get(i))).hasBinaryContent(first.get(i));
    }
  }

  @Test
  void curvesThatAreNotFiniteAreDrawnAsFarAsTheyGo() throws IOException {
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
    store.write(Tables.TRIALS, "r1", List.of(SampleRun.failed()));
    store.write(
        Tables.EPOCHS,
        "r1",
        List.of(new EpochRow("r1", "t1", 1, Double.POSITIVE_INFINITY, 0.1, Double.NaN, null, 10)));

    Report.write(store, "r1");

    // Shown are the steps 10 to 38, with a margin of 1.5 % of their width; the last on the plot is
    // 29. The range covers all of it.
    IntSummaryStatistics range = columns("lrfind_plot.png", 0xe0f1df);
    IntSummaryStatistics curve = columns("lrfind_plot.png", 0x0072b2);
    double width = (range.getMax() - range.getMin()) / (28 * 1.03);
    double first = range.getMin() + 0.015 * 28 * width;
    assertThat((double) curve.getMin()).isCloseTo(first, within(5.0));
    assertThat((double) curve.getMax()).isCloseTo(first + 19 * width, within(5.0));
    assertThat(pixels("training_plot.png", 0x0072b2)).isEmpty();
    assertThat(report("clr_plot.png")).doesNotExist();
  }

  private IntSummaryStatistics columns(String plot, int rgb) throws IOException {
    return pixels(plot, rgb).stream().mapToInt(Point::x).summaryStatistics();
  }

  private record Point(int x, int y) {}

  private static FinderStepRow finderStep(int step, double loss) {
    double raw = step == 35 ? Double.POSITIVE_INFINITY : loss;
    double multiplier = Math.pow(1.5, step);
    return new FinderStepRow("r1", step, 1e-8 * multiplier, multiplier, raw, loss, 2, 64, 0, null);
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
