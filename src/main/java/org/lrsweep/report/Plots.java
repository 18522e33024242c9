package org.lrsweep.report;

import java.awt.AWTError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.FinderSuggestionRow;

/** Plots of what belongs to no run: a curve of another tool, a schedule that nobody trained. */
public final class Plots {
  private Plots() {}

  /**
   * Draws a range test's curve as {@code lrfind_plot.png} does.
   *
   * @param file the PNG to write
   * @param source where the curve comes from, for the subtitle
   * @param suggestions what the methods make of it; the selected one is shaded
   * @throws ReportException if the plot can't be drawn or written
   */
  public static void writeCurve(
      Path file, String source, List<FinderStepRow> steps, List<FinderSuggestionRow> suggestions) {
    write(file, () -> FinderPlot.of(source, steps, suggestions));
  }

  /**
   * Draws a schedule, step by step.
   *
   * @param file the PNG to write
   * @param name the schedule's, for the subtitle
   * @param lr the learning rate of each step from 0 on, at least one
   * @param momentum the momentum of each step; empty if the schedule has none
   * @throws ReportException if the plot can't be drawn or written
   */
  public static void writeSchedule(Path file, String name, double[] lr, double[] momentum) {
    write(file, () -> StepPlot.of(name, lr, momentum));
  }

  private static void write(Path file, Supplier<Figure> figure) {
    try (OutputStream out = Files.newOutputStream(file)) {
      figure.get().writePng(out);
    } catch (IOException e) {
      throw new ReportException("the plot " + file + " can't be written: " + e, e);
    } catch (AWTError | InternalError | LinkageError e) {
      throw new ReportException(
          "the plot "
              + file
              + " can't be drawn ("
              + e
              + "); install fontconfig and a font, e.g. fonts-dejavu-core, on this machine",
          e);
    }
  }
}
