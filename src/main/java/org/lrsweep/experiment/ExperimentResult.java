package org.lrsweep.experiment;

import java.util.List;
import java.util.Optional;
import org.lrsweep.report.TrialRanking;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;

/**
 * How an experiment ended. The tables of its output have everything else.
 *
 * @param runId names the run in every table
 * @param status COMPLETED, or FAILED if no range was found, no trial came to a result, or more
 *     failed than may
 * @param ranges what the range test chose; empty if there was none or it found none
 * @param bestTrial the completed trial that ranks first, or if there is none the first that stopped
 *     after an epoch; empty if there is neither
 * @param output the output's full URI
 */
public record ExperimentResult(
    String runId,
    RunStatus status,
    List<LrRange> ranges,
    Optional<TrialRow> bestTrial,
    String output) {

  public ExperimentResult {
    ranges = List.copyOf(ranges);
  }

  static ExperimentResult of(ResultStore store, String runId) {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    return new ExperimentResult(
        runId,
        run.status(),
        store.read(Tables.FINDER_SUGGESTIONS, runId).stream()
            .filter(FinderSuggestionRow::selected)
            .map(row -> new LrRange(row.minLr(), row.maxLr()))
            .toList(),
        TrialRanking.rank(store.read(Tables.TRIALS, runId)).stream()
            .filter(
                trial ->
                    trial.status() == TrialStatus.COMPLETED
                        || (trial.status() == TrialStatus.STOPPED && trial.bestEpoch() != null))
            .findFirst(),
        store.toString());
  }
}
