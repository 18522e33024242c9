package org.lrsweep.report;

import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import org.lrsweep.results.ResultStore;

/**
 * The report of a run: {@code report.html} and the plots {@code lrfind_plot.png}, {@code
 * training_plot.png} and {@code clr_plot.png}, made from the tables alone.
 */
public final class Report {
  private Report() {}

  /**
   * Writes the report into the store's {@link ResultStore#reportDirectory report directory}, in
   * place of an older one. What the run doesn't have (a finder, trials) is left out.
   *
   * @throws ReportException if the store has no such run, or the plots can't be drawn
   * @throws org.lrsweep.results.ResultsException if a table can't be read, or a file not be written
   */
  public static void write(ResultStore store, String runId) {
    RunData data = RunData.load(store, runId);
    String directory = store.reportDirectory(runId) + "/";

    // First the page: it needs no fonts.
    String json = PageData.of(data);
    store.writeFile(directory + "report.html", out -> Page.REPORT.write(json, out));

    try {
      writePlots(store, directory, data);
    } catch (AWTError | InternalError | LinkageError e) {
      throw new ReportException(
          "the plots of run "
              + runId
              + " can't be drawn ("
              + e
              + "); install fontconfig and a font, e.g. fonts-dejavu-core, on the driver's machine"
              + " and make the report again",
          e);
    }
  }

  /**
   * Loads what drawing needs into this JVM, so that a report that is written beside running tasks
   * loads no native library: glibc's loader can stop for good if one is loaded while JavaCPP looks
   * a function up in another. Does nothing where nothing can be drawn; the report says so.
   */
  public static void prepare() {
    try {
      Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB).createGraphics();
      try {
        graphics.drawString("0", 0, 8);
      } finally {
        graphics.dispose();
      }
    } catch (AWTError | InternalError | LinkageError e) {
      // Whoever writes the report is told.
    }
  }

  /**
   * Writes a page that compares runs, beside their reports.
   *
   * @param runIds at least two, all different
   * @return the page's place
   * @throws ReportException if there are fewer than two runs, one is named twice, or the store has
   *     no such run
   * @throws org.lrsweep.results.ResultsException if a table can't be read, or the page not be
   *     written
   */
  public static String compare(ResultStore store, List<String> runIds) {
    if (runIds.size() < 2 || Set.copyOf(runIds).size() < runIds.size()) {
      throw new ReportException(
          "a comparison needs at least two different runs, found " + String.join(",", runIds));
    }

    String json = ComparisonData.of(runIds.stream().map(id -> RunData.load(store, id)).toList());
    String path = store.comparisonDirectory(runIds) + "/comparison.html";
    store.writeFile(path, out -> Page.COMPARISON.write(json, out));
    return path;
  }

  private static void writePlots(ResultStore store, String directory, RunData data) {
    if (!data.finderSteps().isEmpty()) {
      write(store, directory + "lrfind_plot.png", FinderPlot.of(data));
    }

    if (!data.trials().isEmpty()) {
      write(store, directory + "training_plot.png", TrainingPlot.of(data));
    }

    if (!data.trainSteps().isEmpty()) {
      write(store, directory + "clr_plot.png", SchedulePlot.of(data));
    }
  }

  private static void write(ResultStore store, String path, Figure figure) {
    store.writeFile(path, figure::writePng);
  }
}
