package org.lrsweep.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.TextTable;

/** The trials of a run as a table of text, the best first. */
final class TrialTable {
  private TrialTable() {}

  static String of(RunData data) {
    String metric = data.metric().title();
    List<String> headings =
        new ArrayList<>(
            List.of(
                ">",
                "trial",
                "policy",
                ">step size",
                "range",
                "status",
                ">best " + metric,
                ">epoch",
                ">final " + metric,
                ">final loss",
                ">time"));
    boolean tested = data.trials().stream().anyMatch(trial -> trial.testMetric() != null);
    if (tested) {
      headings.addAll(List.of(">test " + metric, ">test loss"));
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));
    int rank = 0;

    for (TrialRow trial : data.trials()) {
      rank++;
      long millis = data.epochsOf(trial).stream().mapToLong(EpochRow::durationMs).sum();
      List<String> cells =
          new ArrayList<>(
              List.of(
                  String.valueOf(rank),
                  trial.trialId(),
                  TextTable.oneLine(trial.policy()),
                  Schedule.hasStepSize(trial) ? Numbers.plain(trial.stepSizeEpochs()) + " ep" : "-",
                  range(trial),
                  trial.status().toString(),
                  value(data, trial.rankedValue()),
                  trial.bestEpoch() == null ? "-" : String.valueOf(trial.bestEpoch()),
                  value(data, data.finalValue(trial)),
                  Numbers.loss(trial.finalValLoss()),
                  Numbers.duration(Duration.ofMillis(millis))));
      if (tested) {
        cells.addAll(List.of(value(data, trial.testMetric()), Numbers.loss(trial.testLoss())));
      }
      table.add(cells.toArray(String[]::new));
    }

    return table.toString();
  }

  private static String value(RunData data, Double value) {
    return MetricText.of(data.metric(), value);
  }

  private static String range(TrialRow trial) {
    String bounds =
        trial.baseLr() == trial.maxLr()
            ? Numbers.rate(trial.maxLr())
            : Numbers.rate(trial.baseLr()) + " to " + Numbers.rate(trial.maxLr());
    return trial.rangeMethod() == null
        ? bounds
        : bounds + " (" + TextTable.oneLine(trial.rangeMethod()) + ")";
  }
}
