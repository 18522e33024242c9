package org.lrsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;

/**
 * What to do after a run, as sentences and commands.
 *
 * @param next the commands
 */
record Advice(ResultStore store, RunData data, NextSteps next) {
  List<String> lines() {
    if (data.trials().isEmpty()) {
      return data.chosen().isPresent()
          ? List.of(
              "Look at lrfind_plot.png beside the report, then train with this range:",
              isConfigured() ? next.sweep() : next.sweep(data.run().runId()))
          : List.of(
              "Set sweep.base-lrs and sweep.max-lrs in the experiment, and train with them:",
              next.sweep());
    }
    List<String> lines = new ArrayList<>();
    lines.add("Open the report in a browser, or the tables in a notebook (notebooks/).");
    runBefore()
        .ifPresent(
            before -> {
              lines.add("Compare it with the run before:");
              lines.add(next.compare(List.of(before, data.run().runId())));
            });
    if (data.best().isPresent() && data.best().get().bestModelPath() != null) {
      lines.add("Load the best network: ModelSerializer.restoreComputationGraph(file)");
    }
    return lines;
  }

  /** Whether the configuration named every range used; its answers are called config, config-2. */
  private boolean isConfigured() {
    return data.suggestions().stream()
        .filter(FinderSuggestionRow::selected)
        .allMatch(chosen -> chosen.method().startsWith("config"));
  }

  /** The latest earlier run that has trials to compare with. */
  private Optional<String> runBefore() {
    return store.runs().stream()
        .filter(run -> run.startedAt().isBefore(data.run().startedAt()))
        .map(RunRow::runId)
        .filter(id -> !store.read(Tables.TRIALS, id).isEmpty())
        .reduce((earlier, later) -> later);
  }
}
