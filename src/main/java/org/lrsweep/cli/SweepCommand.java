package org.lrsweep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.TrialRange;
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
    List<TrialRange> ranges = ranges(plan);
    return new ExperimentRun(plan, runId.value(), spec.commandLine().getOut())
        .execute(session -> new SweepPhase(session).run(ranges));
  }

  private List<TrialRange> ranges(Plan plan) {
    List<TrialRange> given = plan.configuredRanges().stream().map(TrialRange::given).toList();
    List<String> methods = plan.config().sweep().rangeMethods();
    if (!given.isEmpty() && methods.isEmpty()) {
      return given;
    }
    if (fromRun == null) {
      throw new RefusedException(
          "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs"
              + (methods.isEmpty() ? "" : " without sweep.range-methods"));
    }
    ResultStore store = OutputOptions.store(plan.config().output());
    List<FinderSuggestionRow> rows =
        store.read(Tables.FINDER_SUGGESTIONS, OutputOptions.runId(store, fromRun));
    List<TrialRange> found = methods.isEmpty() ? selected(rows) : ofMethods(rows, methods);
    List<TrialRange> ranges = Stream.concat(found.stream(), given.stream()).toList();
    if (ranges.isEmpty()) {
      throw new RefusedException(
          "--from-run " + fromRun + ": this run of " + store + " has chosen no range");
    }
    return ranges;
  }

  private static List<TrialRange> selected(List<FinderSuggestionRow> rows) {
    return rows.stream()
        .filter(FinderSuggestionRow::selected)
        .map(
            row ->
                new TrialRange(new LrRange(row.minLr(), row.maxLr()), SuggestionRows.chooser(row)))
        .toList();
  }

  private List<TrialRange> ofMethods(List<FinderSuggestionRow> rows, List<String> methods) {
    RangeChoice choice =
        RangeChoice.of(
            fromRun, rows.stream().map(SuggestionRows::suggestion).toList(), methods, List.of());
    spec.commandLine().getOut().println(choice.sentences());
    return choice.ranges();
  }
}
