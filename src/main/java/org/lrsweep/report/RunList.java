package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.TextTable;

/** The runs of an output as text for the terminal. */
public final class RunList {
  private static final int LONGEST_NOTE = 60;

  private RunList() {}

  /**
   * All runs of a store, the newest first: status, range, best trial.
   *
   * @param isAlive whether a process is at work on a run that is RUNNING; if not, it is shown as
   *     INTERRUPTED
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static String of(ResultStore store, Predicate<String> isAlive) {
    List<RunRow> runs = store.runs();

    if (runs.isEmpty()) {
      return "There are no runs in " + store + ".\n";
    }

    boolean accurate = runs.stream().allMatch(run -> Metric.of(run.metric()) == Metric.ACCURACY);
    List<String> headings =
        new ArrayList<>(
            List.of(
                "run",
                "status",
                "started",
                "data set",
                "range",
                ">trials",
                accurate ? ">best accuracy" : ">best",
                "trial"));
    boolean tagged = runs.stream().anyMatch(run -> run.tags() != null);
    boolean noted = runs.stream().anyMatch(run -> run.note() != null);
    if (tagged) {
      headings.add("tags");
    }
    if (noted) {
      headings.add("note");
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));

    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRow run = runs.get(i);
      List<TrialRow> trials = TrialRanking.rank(store.read(Tables.TRIALS, run.runId()));
      String range =
          store.read(Tables.FINDER_SUGGESTIONS, run.runId()).stream()
              .filter(FinderSuggestionRow::selected)
              .map(Answer::of)
              .findFirst()
              .orElse("-");
      boolean measured = !trials.isEmpty() && trials.get(0).rankedValue() != null;
      List<String> cells =
          new ArrayList<>(
              List.of(
                  run.runId(),
                  run.status() == RunStatus.RUNNING && !isAlive.test(run.runId())
                      ? "INTERRUPTED"
                      : run.status().toString(),
                  minute(run),
                  TextTable.oneLine(run.dataset()),
                  range,
                  String.valueOf(trials.size()),
                  measured ? best(trials.get(0), accurate) : "-",
                  measured ? trials.get(0).trialId() : "-"));
      if (tagged) {
        cells.add(run.tags() == null ? "-" : TextTable.oneLine(run.tags()));
      }
      if (noted) {
        cells.add(run.note() == null ? "-" : shortened(TextTable.oneLine(run.note())));
      }
      table.add(cells.toArray(String[]::new));
    }

    return table.toString();
  }

  /** Runs of several tasks have several metrics, so each says its own. */
  private static String best(TrialRow trial, boolean accurate) {
    String value = MetricText.of(trial.rankedBy(), trial.rankedValue());
    return accurate ? value : trial.rankedBy().title() + " " + value;
  }

  private static String shortened(String note) {
    return note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE) + " ...";
  }

  private static String minute(RunRow run) {
    return run.startedAt().toString().substring(0, 16).replace('T', ' ');
  }
}
