package org.lrsweep.report;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;

/**
 * A run as text for the terminal: its range and why, its trials by rank, the classes of the best
 * one, where everything lies, and what to do next. Each text ends with a line break.
 */
public final class RunSummary {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
  private static final int LONGEST_ERROR = 100;

  private final ResultStore store;
  private final RunData data;
  private final StringBuilder text = new StringBuilder();

  private RunSummary(ResultStore store, RunData data) {
    this.store = store;
    this.data = data;
  }

  /**
   * The summary of a run.
   *
   * @throws ReportException if the store has no such run
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static String of(ResultStore store, String runId) {
    return new RunSummary(store, RunData.load(store, runId)).summary();
  }

  /**
   * All runs of a store, the newest first: status, range, best trial.
   *
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static String list(ResultStore store) {
    List<RunRow> runs = store.runs();

    if (runs.isEmpty()) {
      return "There are no runs in " + store + ".\n";
    }

    TextTable table =
        new TextTable(
            "run", "status", "started", "data set", "range", ">trials", ">best accuracy", "trial");

    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRow run = runs.get(i);
      List<TrialRow> trials = TrialRanking.rank(store.read(Tables.TRIALS, run.runId()));
      String range =
          store.read(Tables.FINDER_SUGGESTIONS, run.runId()).stream()
              .filter(FinderSuggestionRow::selected)
              .map(RunSummary::range)
              .findFirst()
              .orElse("-");
      boolean measured = !trials.isEmpty() && trials.get(0).bestValAccuracy() != null;
      table.add(
          run.runId(),
          run.status().toString(),
          minute(run),
          oneLine(run.dataset()),
          range,
          String.valueOf(trials.size()),
          measured ? Numbers.percent(trials.get(0).bestValAccuracy()) : "-",
          measured ? trials.get(0).trialId() : "-");
    }

    return table.toString();
  }

  private String summary() {
    addRun();
    addRange();
    addTrials();
    addClasses();
    addPlaces();
    addNext();
    return text.toString();
  }

  private void addRun() {
    RunRow run = data.run();
    String time =
        run.finishedAt() == null
            ? ""
            : ", " + Numbers.duration(Duration.between(run.startedAt(), run.finishedAt()));
    line("Run " + run.runId() + ": " + run.status() + time + ", " + oneLine(run.dataset()));
  }

  private void addRange() {
    if (data.finderSteps().isEmpty() && data.suggestions().isEmpty()) {
      return;
    }

    heading("Learning rate range");
    data.chosen()
        .ifPresentOrElse(
            chosen ->
                line(
                    "  "
                        + range(chosen)
                        + ", by "
                        + oneLine(chosen.method())
                        + ": "
                        + oneLine(chosen.reason())),
            () -> line("  none was chosen"));
    List<FinderSuggestionRow> others =
        data.suggestions().stream().filter(suggestion -> !suggestion.selected()).toList();

    if (!others.isEmpty()) {
      line("  Other methods say:");
      TextTable table = new TextTable("  method", "answer", "why");
      others.forEach(
          other ->
              table.add("  " + oneLine(other.method()), range(other), oneLine(other.reason())));
      text.append(table);
    }
  }

  private void addTrials() {
    if (data.trials().isEmpty()) {
      return;
    }

    heading("Trials, the best first");
    TextTable table =
        new TextTable(
            ">",
            "trial",
            "policy",
            ">step size",
            "range",
            "status",
            ">best accuracy",
            ">epoch",
            ">final accuracy",
            ">final loss",
            ">time");
    int rank = 0;

    for (TrialRow trial : data.trials()) {
      rank++;
      long millis = data.epochsOf(trial).stream().mapToLong(EpochRow::durationMs).sum();
      table.add(
          String.valueOf(rank),
          trial.trialId(),
          oneLine(trial.policy()),
          Numbers.plain(trial.stepSizeEpochs()) + " ep",
          Numbers.rate(trial.baseLr()) + " to " + Numbers.rate(trial.maxLr()),
          trial.status().toString(),
          Numbers.percent(trial.bestValAccuracy()),
          trial.bestEpoch() == null ? "-" : String.valueOf(trial.bestEpoch()),
          Numbers.percent(trial.finalValAccuracy()),
          Numbers.loss(trial.finalValLoss()),
          Numbers.duration(Duration.ofMillis(millis)));
    }

    text.append(table);

    for (TrialRow trial : data.trials()) {
      if (trial.error() != null) {
        String error = oneLine(trial.error());
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

  private void addClasses() {
    data.best()
        .map(data::classMetricsOf)
        .filter(classes -> !classes.isEmpty())
        .ifPresent(
            classes -> {
              heading("Classes of " + data.best().orElseThrow().trialId());
              TextTable table = new TextTable("class", ">precision", ">recall", ">F1", ">examples");

              for (ClassMetricsRow row : classes) {
                table.add(
                    oneLine(row.className()),
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
    data.best()
        .map(TrialRow::modelPath)
        .ifPresent(model -> line("  model   " + oneLine(model) + " (the best trial's)"));
    line("  report  " + store.reportDirectory(data.run().runId()) + "/report.html");
  }

  private void addNext() {
    heading("What next");

    if (data.chosen().isPresent() && data.trials().isEmpty()) {
      line("  Look at lrfind_plot.png beside the report, then train with this range:");
      line("  lrsweep sweep --from-run " + data.run().runId());
    } else if (data.trials().isEmpty()) {
      line("  Give a range yourself and train with it: lrsweep sweep --config FILE");
    } else {
      line("  Open the report in a browser, or the tables in a notebook (docs/results.md).");
    }
  }

  private void heading(String heading) {
    text.append('\n').append(heading).append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String range(FinderSuggestionRow suggestion) {
    if (suggestion.lr() != null) {
      return Numbers.rate(suggestion.lr());
    }

    return suggestion.minLr() == null
        ? "-"
        : Numbers.rate(suggestion.minLr()) + " to " + Numbers.rate(suggestion.maxLr());
  }

  private static String minute(RunRow run) {
    return run.startedAt().toString().substring(0, 16).replace('T', ' ');
  }

  /** A terminal must not be steered by what a table says. */
  private static String oneLine(String text) {
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }
}
