package org.lrsweep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.LrRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep sweep}: the trials, with bounds from the configuration or an earlier run. */
@Command(
    name = "sweep",
    description = "Trains one trial for each step size, with a range given or found earlier.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions options;
  @Mixin private RunIdOption runId;

  @Option(
      names = "--from-run",
      paramLabel = "RUN_ID",
      description = "Takes the range that this run's finder chose, of the same output.")
  private String fromRun;

  @Override
  public Integer call() {
    Plan plan = options.plan();
    List<LrRange> ranges = ranges(plan);
    return new ExperimentRun(plan, runId.value(), spec.commandLine().getOut())
        .execute(session -> new SweepPhase(session).run(ranges));
  }

  private List<LrRange> ranges(Plan plan) {
    if (!plan.configuredRanges().isEmpty()) {
      return plan.configuredRanges();
    }
    if (fromRun == null) {
      throw new RefusedException(
          "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs");
    }
    ResultStore store = OutputOptions.store(plan.config().output());
    List<LrRange> chosen =
        store.read(Tables.FINDER_SUGGESTIONS, OutputOptions.runId(store, fromRun)).stream()
            .filter(FinderSuggestionRow::selected)
            .map(row -> new LrRange(row.minLr(), row.maxLr()))
            .toList();
    if (chosen.isEmpty()) {
      throw new RefusedException(
          "--from-run " + fromRun + ": this run of " + store + " has chosen no range");
    }
    return chosen;
  }
}
