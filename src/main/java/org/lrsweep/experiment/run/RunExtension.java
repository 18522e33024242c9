package org.lrsweep.experiment.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.SweepRows;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialRange;

/**
 * What a finished run is extended by: the trials of an experiment that it lacks, and those that it
 * has with fewer epochs. A trial that it has keeps its id.
 *
 * @param trials all of the experiment's
 * @param rows the run's trials as they are recorded
 */
public record RunExtension(List<Trial> trials, List<TrialRow> rows) {
  /** What may differ: which trials there are. All else decides what a trial comes to. */
  private static final Set<String> MAY_DIFFER =
      Set.of(
          "sweep.policies",
          "sweep.step-sizes-epochs",
          "sweep.base-lrs",
          "sweep.max-lrs",
          "sweep.range-methods",
          "sweep.seeds",
          "sweep.epochs");

  /**
   * The extension of a run.
   *
   * @throws RefusedException if the run was another experiment, has no range, has all the trials
   *     already, or has one of them with more epochs
   */
  static RunExtension of(Plan plan, ResultStore store, RunRow run) {
    String name = "--extend " + run.runId();
    List<String> differences =
        ConfigDifference.between(run.configJson(), plan.config().json()).stream()
            .filter(line -> !MAY_DIFFER.contains(line.substring(0, line.indexOf(':'))))
            .toList();
    if (!differences.isEmpty()) {
      throw new RefusedException(
          name
              + ": the experiment has changed, so its results would be of two experiments; take it"
              + " back, or start another run. "
              + String.join("; ", differences));
    }
    List<TrialRow> rows = store.read(Tables.TRIALS, run.runId());
    List<TrialRange> ranges = ranges(plan, store, run.runId(), rows);
    if (ranges.isEmpty()) {
      throw new RefusedException(
          name + ": this run has no range; set sweep.base-lrs and sweep.max-lrs");
    }
    List<Trial> wanted =
        RefusedException.unlessValid(
            name, () -> plan.sweep().grid(ranges).trials(Math.toIntExact(run.trainExamples())));
    RunExtension extension = new RunExtension(numbered(wanted, rows), rows);
    extension.refuseShorter(name);
    if (extension.left().isEmpty()) {
      throw new RefusedException(
          name
              + ": this run has all these trials, of so many epochs; set sweep.epochs higher, or"
              + " others of sweep.step-sizes-epochs, sweep.policies or sweep.seeds");
    }
    return extension;
  }

  /** Those that the configuration names, else those that the run chose, or its trials have. */
  private static List<TrialRange> ranges(
      Plan plan, ResultStore store, String runId, List<TrialRow> rows) {
    List<TrialRange> ranges = new ArrayList<>();
    if (plan.sweep().needsFoundRange()) {
      ranges.addAll(new SourceRange(plan, store, runId).ranges());
      if (ranges.isEmpty()) {
        rows.stream()
            .filter(row -> row.baseLr() < row.maxLr())
            .map(RunExtension::range)
            .distinct()
            .forEach(ranges::add);
      }
      if (ranges.isEmpty()) {
        rows.stream().map(RunExtension::range).distinct().forEach(ranges::add);
      }
    }
    ranges.addAll(plan.sweep().givenRanges());
    return ranges.stream().distinct().toList();
  }

  private static TrialRange range(TrialRow row) {
    return new TrialRange(
        new LrRange(row.baseLr(), row.maxLr()), Optional.ofNullable(row.rangeMethod()));
  }

  /**
   * Trials by the ids that they have, others by the first free ones: those that lack a row since
   * their extension was broken off get the same again.
   */
  private static List<Trial> numbered(List<Trial> wanted, List<TrialRow> rows) {
    Set<String> taken = new HashSet<>();
    rows.forEach(row -> taken.add(row.trialId()));
    int digits = Math.max(2, String.valueOf(wanted.size() + rows.size()).length());
    String ids = "trial-%0" + digits + "d";
    List<Trial> trials = new ArrayList<>();
    int number = 1;
    for (Trial trial : wanted) {
      Optional<TrialRow> row = rowOf(trial, rows);
      if (row.isPresent()) {
        trials.add(trial.named(row.get().trialId()));
      } else {
        while (!taken.add(String.format(Locale.ROOT, ids, number))) {
          number++;
        }
        trials.add(trial.named(String.format(Locale.ROOT, ids, number)));
      }
    }
    return trials;
  }

  /** The trials that are left to be trained, or to be trained longer. */
  public List<Trial> left() {
    return trials.stream().filter(trial -> !isFinished(trial)).toList();
  }

  /** A trial as it is recorded; empty if it is new. */
  public Optional<TrialRow> row(Trial trial) {
    return rowOf(trial, rows);
  }

  private static Optional<TrialRow> rowOf(Trial trial, List<TrialRow> rows) {
    return rows.stream().filter(row -> SweepRows.isOf(row, trial)).findFirst();
  }

  private void refuseShorter(String name) {
    for (Trial trial : trials) {
      rowOf(trial, rows)
          .filter(row -> row.epochs() > trial.epochs())
          .ifPresent(
              row -> {
                throw new RefusedException(
                    name
                        + ": sweep.epochs must be >= the "
                        + row.epochs()
                        + " of "
                        + row.trialId()
                        + ", which can be trained longer but not shorter, found "
                        + trial.epochs());
              });
    }
  }

  /** Whether nothing is left to train of a trial. One that diverged would diverge again. */
  public boolean isFinished(Trial trial) {
    return rowOf(trial, rows)
        .filter(
            row ->
                row.status() == TrialStatus.DIVERGED
                    || (row.status() == TrialStatus.COMPLETED && row.epochs() == trial.epochs()))
        .isPresent();
  }

  /** The row of a trial that was completed, and is to be trained longer. */
  public Optional<TrialRow> shorter(Trial trial) {
    return rowOf(trial, rows)
        .filter(row -> row.status() == TrialStatus.COMPLETED && row.epochs() < trial.epochs());
  }
}
