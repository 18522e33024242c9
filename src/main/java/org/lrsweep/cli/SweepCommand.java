package org.lrsweep.cli;

import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--from-run",
      paramLabel = "RUN_ID",
      description = "Takes the range that this run's finder chose, of the same output.")
  private String fromRun;

  @Override
  public Integer call() {
    return new ExperimentRun(options, spec.commandLine().getOut())
        .execute(session -> new SweepPhase(session).run(range(session)));
  }

  private Optional<LrRange> range(Session session) {
    if (session.plan().config().sweep().hasRange()) {
      return Optional.empty();
    }
    if (fromRun == null) {
      throw new RefusedException(
          "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs");
    }
    return Optional.of(found(session.store()));
  }

  private LrRange found(ResultStore store) {
    List<FinderSuggestionRow> chosen =
        store.read(Tables.FINDER_SUGGESTIONS, fromRun).stream()
            .filter(FinderSuggestionRow::selected)
            .toList();
    if (chosen.isEmpty()) {
      throw new RefusedException(
          "--from-run " + fromRun + ": " + store + " has no range that this run chose");
    }
    return new LrRange(chosen.get(0).minLr(), chosen.get(0).maxLr());
  }
}
