package org.lrsweep.report;

import java.time.Duration;
import java.util.List;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.FinderConfirmRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.WeightsRow;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.TextTable;

/**
 * A run as text for the terminal: its range and why, its trials by rank, the classes of the best
 * one, where everything lies, and what to do next. Each text ends with a line break.
 */
public final class RunSummary {
  private static final int LONGEST_ERROR = 100;

  private final ResultStore store;
  private final RunData data;
  private final NextSteps next;
  private final StringBuilder text = new StringBuilder();

  private RunSummary(ResultStore store, RunData data, NextSteps next) {
    this.store = store;
    this.data = data;
    this.next = next;
  }

  /**
   * The summary of a run.
   *
   * @param next the commands that it advises
   * @throws ReportException if the store has no such run
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static String of(ResultStore store, String runId, NextSteps next) {
    return new RunSummary(store, RunData.load(store, runId), next).summary();
  }

  private String summary() {
    addRun();
    addRange();
    addConfirm();
    addTrials();
    addWeights();
    addClasses();
    addPlaces();
    heading("What next");
    new Advice(store, data, next).lines().forEach(advice -> line("  " + advice));
    return text.toString();
  }

  private void addRun() {
    RunRow run = data.run();
    String time =
        run.finishedAt() == null
            ? ""
            : ", " + Numbers.duration(Duration.between(run.startedAt(), run.finishedAt()));
    line(
        "Run "
            + run.runId()
            + ": "
            + run.status()
            + time
            + ", "
            + TextTable.oneLine(run.dataset()));
    if (run.estimatedSweepMs() != null && run.sweepMs() != null) {
      line("  " + SweepTime.sentence(run.estimatedSweepMs(), run.sweepMs()));
    }
    if (run.confirmSteps() != null) {
      line("  " + ConfirmCost.sentence(run));
    }
    if (run.precision() != null) {
      line("  precision  " + TextTable.oneLine(run.precision()));
    }
    if (run.skippedReasons() != null) {
      line("  left out  " + SkippedRows.sentence(run));
    }
    if (run.tags() != null) {
      line("  tags  " + TextTable.oneLine(run.tags()));
    }
    if (run.note() != null) {
      line("  note  " + TextTable.oneLine(run.note()));
    }
  }

  private void addRange() {
    if (data.finderSteps().isEmpty() && data.suggestions().isEmpty()) {
      return;
    }

    heading("Learning rate range");
    if (data.chosen().isEmpty()) {
      line("  none was chosen");
    }
    data.suggestions().stream()
        .filter(FinderSuggestionRow::selected)
        .forEach(
            chosen ->
                line(
                    "  "
                        + Answer.of(chosen)
                        + ", by "
                        + TextTable.oneLine(chosen.method())
                        + ": "
                        + TextTable.oneLine(chosen.reason())));
    List<FinderSuggestionRow> others =
        data.suggestions().stream().filter(suggestion -> !suggestion.selected()).toList();

    if (!others.isEmpty()) {
      line("  Other methods say:");
      TextTable table = new TextTable("  method", "answer", "why");
      others.forEach(
          other ->
              table.add(
                  "  " + TextTable.oneLine(other.method()),
                  Answer.of(other),
                  TextTable.oneLine(other.reason())));
      text.append(table);
    }
  }

  private void addConfirm() {
    if (data.confirm().isEmpty()) {
      return;
    }
    heading("Upper bounds tried");
    TextTable table = new TextTable("cycle", ">up to", ">steps", ">loss", "", "why");
    for (FinderConfirmRow row : data.confirm()) {
      table.add(
          String.valueOf(row.cycle()),
          Numbers.rate(row.maxLr()),
          Numbers.count(row.steps()),
          Numbers.loss(row.valLoss()),
          row.kept() ? "kept" : "",
          TextTable.oneLine(row.reason()));
    }
    text.append(table);
  }

  private void addTrials() {
    if (data.trials().isEmpty()) {
      return;
    }

    heading("Trials, the best first");
    text.append(TrialTable.of(data));

    for (TrialRow trial : data.trials()) {
      if (trial.error() != null) {
        String error = TextTable.oneLine(trial.error());
        line(
            "  "
                + trial.trialId()
                + ": "
                + (error.length() > LONGEST_ERROR
                    ? error.substring(0, LONGEST_ERROR) + " ..."
                    : error));
      }
    }
  }

  private String text(Double value) {
    return MetricText.of(data.metric(), value);
  }

  private void addWeights() {
    if (data.weights().isEmpty()) {
      return;
    }
    heading("Weights of each trial, averaged and together");
    TextTable table =
        new TextTable("trial", "weights", ">of", ">" + data.metric().title(), ">loss", "");
    for (TrialRow trial : data.trials()) {
      for (WeightsRow row : data.weightsOf(trial)) {
        table.add(
            trial.trialId(),
            TextTable.oneLine(row.weights()),
            String.valueOf(row.members()),
            text(row.rankedValue()),
            Numbers.loss(row.valLoss()),
            row.chosen() ? "chosen" : "");
      }
    }
    text.append(table);
  }

  private void addClasses() {
    data.best()
        .map(data::classMetricsOf)
        .filter(classes -> !classes.isEmpty())
        .ifPresent(
            classes -> {
              heading(
                  "Classes of " + data.best().orElseThrow().trialId() + ", after its last epoch");
              TextTable table = new TextTable("class", ">precision", ">recall", ">F1", ">examples");

              for (ClassMetricsRow row : classes) {
                table.add(
                    TextTable.oneLine(row.className()),
                    Numbers.percent(row.precision()),
                    Numbers.percent(row.recall()),
                    Numbers.percent(row.f1()),
                    Numbers.count(row.support()));
              }

              text.append(table);
            });
  }

  private void addPlaces() {
    heading("Where it lies");
    line("  tables  " + store + "/<table>/run_id=" + data.run().runId());
    data.best().ifPresent(this::addModels);
    line("  report  " + store.reportDirectory(data.run().runId()) + "/report.html");
  }

  /** Which of the best trial's epochs a model is of; older versions kept the last one's alone. */
  private void addModels(TrialRow best) {
    if (best.bestModelPath() != null) {
      addModel(best.bestModelPath(), "the best trial's best epoch, " + best.bestEpoch());
    }
    data.chosenAverage(best)
        .filter(row -> row.modelPath() != null)
        .ifPresent(
            row ->
                addModel(
                    row.modelPath(), "better still: the mean of its weights, " + row.weights()));
    if (best.modelPath() != null && !best.modelPath().equals(best.bestModelPath())) {
      addModel(best.modelPath(), "the best trial's last epoch");
    }
  }

  private void addModel(String path, String epoch) {
    line("  model   " + TextTable.oneLine(path) + " (" + epoch + ")");
  }

  private void heading(String heading) {
    text.append('\n').append(heading).append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
