package org.lrsweep.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.experiment.Plan;
import org.lrsweep.experiment.RangeChoice;
import org.lrsweep.experiment.RefusedException;
import org.lrsweep.experiment.RunOutput;
import org.lrsweep.experiment.StoredRun;
import org.lrsweep.experiment.SuggestionRows;
import org.lrsweep.experiment.SweepPhase;
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
  @Mixin private VerbosityOptions verbosity;

  @Option(
      names = "--from-run",
      paramLabel = "RUN_ID",
      description = "Takes the range that this run's finder chose, of the same output.")
  private String fromRun;

  @Override
  public Integer call() {
    Plan plan = options.plan();
    SweepConfig config = plan.config().sweep();
    boolean needsRun = plan.configuredRanges().isEmpty() || !config.rangeMethods().isEmpty();
    RunOutput.Work work =
        new RunOutput.Work("sweep", () -> needsRun ? Optional.of(source(plan)) : Optional.empty());
    return CommandRun.of(plan, runId, verbosity, spec)
        .execute(
            work,
            session ->
                new SweepPhase(session)
                    .run(ranges(plan, session.store(), session.output().sourceRun())));
  }

  /** The run that the range is taken from. */
  private String source(Plan plan) {
    if (fromRun == null) {
      throw new RefusedException(
          "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs"
              + (plan.config().sweep().rangeMethods().isEmpty()
                  ? ""
                  : " without sweep.range-methods"));
    }
    ResultStore store = OutputOptions.store(plan.config().output());
    String run = StoredRun.id(store, fromRun);
    if (ranges(plan, store, Optional.of(run)).isEmpty()) {
      throw new RefusedException(
          "--from-run " + fromRun + ": this run of " + store + " has chosen no range");
    }
    List<String> methods = plan.config().sweep().rangeMethods();
    if (!methods.isEmpty()) {
      List<FinderSuggestionRow> rows = store.read(Tables.FINDER_SUGGESTIONS, run);
      spec.commandLine().getOut().println(choice(rows, methods).sentences());
    }
    return run;
  }

  private static List<TrialRange> ranges(Plan plan, ResultStore store, Optional<String> source) {
    Stream<TrialRange> found =
        source.stream().flatMap(run -> found(plan, store.read(Tables.FINDER_SUGGESTIONS, run)));
    return Stream.concat(found, plan.configuredRanges().stream().map(TrialRange::given)).toList();
  }

  private static Stream<TrialRange> found(Plan plan, List<FinderSuggestionRow> rows) {
    List<String> methods = plan.config().sweep().rangeMethods();
    if (methods.isEmpty()) {
      return rows.stream()
          .filter(FinderSuggestionRow::selected)
          .map(
              row ->
                  new TrialRange(
                      new LrRange(row.minLr(), row.maxLr()), SuggestionRows.chooser(row)));
    }
    return choice(rows, methods).ranges().stream();
  }

  private static RangeChoice choice(List<FinderSuggestionRow> rows, List<String> methods) {
    String run = rows.isEmpty() ? "" : rows.get(0).runId();
    return RangeChoice.of(
        run, rows.stream().map(SuggestionRows::suggestion).toList(), methods, List.of());
  }
}
