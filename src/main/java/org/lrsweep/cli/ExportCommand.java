package org.lrsweep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lrsweep.experiment.StoredRun;
import org.lrsweep.results.CsvExport;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lrsweep export}: the tables for tools that don't read Parquet. Starts no Spark. */
@Command(
    name = "export",
    description = "Writes the tables as CSV, for tools that don't read Parquet.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "DIR",
      description = "The local folder to write <table>.csv into.")
  private Path csv;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN_ID",
      description = "The runs; by default all of the output.")
  private List<String> runIds = List.of();

  @Override
  public Integer call() throws IOException {
    ResultStore store = output.store();
    List<String> exported =
        runIds.isEmpty()
            ? store.runs().stream().map(RunRow::runId).toList()
            : runIds.stream().map(id -> StoredRun.id(store, id)).distinct().toList();
    CsvExport.write(store, exported, csv);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT, "Tables of %s: %s%n", String.join(", ", exported), csv.toAbsolutePath());
    return ExitCode.OK;
  }
}
