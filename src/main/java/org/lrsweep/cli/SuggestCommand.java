package org.lrsweep.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.lrsweep.curve.Curve;
import org.lrsweep.curve.CurveColumns;
import org.lrsweep.curve.CurveFile;
import org.lrsweep.curve.CurveFileException;
import org.lrsweep.curve.CurveReading;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.experiment.request.RefusedException;
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
          "CSV, JSON or Parquet of any tool, with a column of learning rates and one of losses; a"
              + " folder of such files; or - for standard input.")
  private Path file;

  @Option(
      names = "--lr-column",
      paramLabel = "NAME",
      description =
          "The column of the learning rates, by its name or its number from 1; else the one that is"
              + " called lr, learning_rate or alike.")
  private Optional<String> lrColumn;

  @Option(
      names = "--loss-column",
      paramLabel = "NAME",
      description = "The column of the losses; else the one called loss, train_loss or alike.")
  private Optional<String> lossColumn;

  @Option(
      names = "--accuracy-column",
      paramLabel = "NAME",
      description =
          "The column of the accuracies; else the one called accuracy, acc or alike, if any.")
  private Optional<String> accuracyColumn;

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
    CurveReading reading = reading();
    spec.commandLine().getErr().println("lrsweep: " + reading.taken());
    spec.commandLine().getErr().flush();
    Curve curve = reading.curve();
    List<Suggestion> suggestions = RangeMethods.suggestAll(curve);
    if (plot != null) {
      Plots.writeCurve(
          plot,
          isStandardInput() ? "standard input" : String.valueOf(file.getFileName()),
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

  private CurveReading reading() {
    CurveColumns columns = new CurveColumns(lrColumn, lossColumn, accuracyColumn);
    try {
      return isStandardInput()
          ? CurveFile.read(System.in, "-", columns)
          : CurveFile.read(file, columns);
    } catch (CurveFileException e) {
      throw new RefusedException("--curve " + e.getMessage(), e);
    }
  }

  private boolean isStandardInput() {
    return file.toString().equals("-");
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
