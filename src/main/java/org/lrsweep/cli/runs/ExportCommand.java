package org.lrsweep.cli.runs;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lrsweep.experiment.command.RecordedCommand;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.StoredRun;
import org.lrsweep.export.BestModel;
import org.lrsweep.export.TensorBoard;
import org.lrsweep.export.mlflow.MlflowException;
import org.lrsweep.export.mlflow.MlflowExport;
import org.lrsweep.export.mlflow.MlflowServer;
import org.lrsweep.results.CsvExport;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lrsweep export}: results for other tools and other people. Starts no Spark. */
@Command(
    name = "export",
    description =
        "Writes tables as CSV, curves for TensorBoard, the best network with what its use needs;"
            + " sends results to MLflow.",
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofHours(1);

  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Forms forms;

  private static final class Forms {
    @Option(
        names = "--csv",
        paramLabel = "DIR",
        description = "The local folder to write <table>.csv into.")
    private Path csv;

    @Option(
        names = "--best",
        paramLabel = "DIR",
        description =
            "The local folder to write the best network of one run into, with its classes and"
                + " scaling, a model card, and Java that uses it.")
    private Path best;

    @Option(
        names = "--tensorboard",
        paramLabel = "DIR",
        description = "The local folder to write event files for TensorBoard into, its --logdir.")
    private Path tensorBoard;

    @Option(
        names = "--mlflow",
        paramLabel = "URI",
        description =
            "The MLflow tracking server to send what it lacks of the runs to, as"
                + " http://localhost:5000.")
    private URI mlflow;
  }

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      defaultValue = "lrsweep",
      description = "MLflow's experiment, by default ${DEFAULT-VALUE}; made if it isn't there.")
  private String experiment;

  @Option(
      names = "--run",
      paramLabel = "RUN_ID",
      description = "The run; the same as naming it without an option.")
  private List<String> named = List.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN_ID",
      description = "The runs; by default all of the output, and with --best the latest.")
  private List<String> runIds = List.of();

  @Override
  public Integer call() throws IOException {
    ResultStore store = output.store();
    List<String> wanted = runIds.isEmpty() ? named : runIds;
    if (!runIds.isEmpty() && !named.isEmpty()) {
      throw new RefusedException("export takes runs by --run or without an option, not both ways");
    }
    if (forms.best != null && wanted.size() > 1) {
      throw new RefusedException("--best takes one run, found " + String.join(", ", wanted));
    }
    if (forms.csv != null) {
      writeCsv(store, wanted);
    }
    if (forms.tensorBoard != null) {
      List<String> exported = ids(store, wanted);
      for (String runId : exported) {
        TensorBoard.write(store, runId, forms.tensorBoard);
      }
      say("Event files of " + String.join(", ", exported), forms.tensorBoard);
    }
    if (forms.mlflow != null) {
      send(store, ids(store, wanted));
    }
    if (forms.best != null) {
      writeBest(store, StoredRun.id(store, wanted.isEmpty() ? null : wanted.get(0)));
    }
    return ExitCode.OK;
  }

  private void writeCsv(ResultStore store, List<String> wanted) throws IOException {
    List<String> exported = ids(store, wanted);
    CsvExport.write(store, exported, forms.csv);
    say("Tables of " + String.join(", ", exported), forms.csv);
  }

  private static List<String> ids(ResultStore store, List<String> wanted) {
    return wanted.isEmpty()
        ? store.runs().stream().map(RunRow::runId).toList()
        : wanted.stream().map(id -> StoredRun.id(store, id)).distinct().toList();
  }

  private void writeBest(ResultStore store, String runId) throws IOException {
    BestModel best = BestModel.of(store, runId);
    Path folder = forms.best.toAbsolutePath().normalize();
    Optional<String> again =
        RecordedCommand.find(store, runId)
            .map(command -> command.withConfig(folder.resolve(BestModel.EXPERIMENT).toString()));
    best.write(folder, again);
    say("Best network of " + runId + ", " + best.trialId(), folder);
  }

  private void send(ResultStore store, List<String> runIds) {
    MlflowServer server =
        RefusedException.unlessValid(
            "--mlflow", () -> new MlflowServer(forms.mlflow, experiment, LIMIT));
    for (String runId : runIds) {
      try {
        int sent = MlflowExport.send(store, runId, server);
        spec.commandLine()
            .getOut()
            .println("Sent of " + runId + ": " + sent + " of MLflow's runs, the others were there");
      } catch (MlflowException e) {
        throw new IllegalStateException(
            "--mlflow "
                + forms.mlflow
                + ": "
                + e.getMessage()
                + "; what was sent is there, and the same command sends the rest",
            e);
      }
    }
  }

  private void say(String what, Path where) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(what + ": " + where.toAbsolutePath());
  }
}
