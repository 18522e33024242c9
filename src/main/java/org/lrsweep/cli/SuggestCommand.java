package org.lrsweep.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.lrsweep.experiment.RefusedException;
import org.lrsweep.range.Curve;
import org.lrsweep.range.CurveFile;
import org.lrsweep.range.CurveFileException;
import org.lrsweep.range.RangeMethods;
import org.lrsweep.range.Suggestion;
import org.lrsweep.report.Plots;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep suggest}: every method's answer to a curve of any tool. Starts no Spark. */
@Command(
    name = "suggest",
    description = "Says what every range method makes of a curve, LRSweep's own first.",
    mixinStandardHelpOptions = true)
final class SuggestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--curve",
      required = true,
      paramLabel = "FILE",
      description =
          "CSV or Parquet with the columns lr and loss, and optionally smoothed_loss and accuracy; or a folder of"
              + " such files.")
  private Path file;

  @Option(
      names = "--json",
      description =
          "Prints one JSON object a line, with the keys method, lr, min_lr, max_lr and reason.")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws the curve and the answers as a PNG.")
  private Path plot;

  @Override
  public Integer call() {
    Curve curve = curve();
    List<Suggestion> suggestions = RangeMethods.suggestAll(curve);
    if (plot != null) {
      Plots.writeCurve(
          plot,
          file.getFileName().toString(),
          CurveRows.steps(curve),
          CurveRows.suggestions(suggestions));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      suggestions.forEach(suggestion -> out.println(SuggestionJson.of(suggestion)));
    } else {
      printTable(suggestions, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Curve curve() {
    try {
      return CurveFile.read(file);
    } catch (CurveFileException e) {
      throw new RefusedException("--curve " + e.getMessage(), e);
    }
  }

  private static void printTable(List<Suggestion> suggestions, PrintWriter out) {
    String row = "%-14s  %-9s  %-9s  %-9s  %s%n";
    out.printf(Locale.ROOT, row, "METHOD", "LR", "MIN LR", "MAX LR", "REASON");
    for (Suggestion suggestion : suggestions) {
      out.printf(
          Locale.ROOT,
          row,
          suggestion.method(),
          rate(suggestion.lr()),
          rate(suggestion.minLr()),
          rate(suggestion.maxLr()),
          suggestion.reason());
    }
  }

  private static String rate(OptionalDouble lr) {
    return lr.isPresent() ? String.format(Locale.ROOT, "%.2e", lr.getAsDouble()) : "-";
  }
}
