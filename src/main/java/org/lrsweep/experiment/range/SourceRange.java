package org.lrsweep.experiment.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.request.SourceRun.OtherExperiment;
import org.lrsweep.experiment.request.StoredRun;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.TrialRange;

/** The range that a sweep takes from an earlier run, and whether it holds for this experiment. */
public final class SourceRange {
  /** Where data lie and how many are taken shows in the data themselves. */
  private static final List<String> MATTERS =
      List.of(
          "batch-size",
          "model.",
          "optimizer.",
          "data.image-size",
          "data.augmentation.",
          "data.scaling",
          "data.validation");

  private final Plan plan;
  private final ResultStore store;
  private final String runId;
  private final List<FinderSuggestionRow> suggestions;

  /** The range of a run of the store, for this plan. */
  public SourceRange(Plan plan, ResultStore store, String runId) {
    this.plan = plan;
    this.store = store;
    this.runId = runId;
    suggestions = store.read(Tables.FINDER_SUGGESTIONS, runId);
  }

  /**
   * The range of the run that a new one is to take it from.
   *
   * @throws RefusedException if the store doesn't have the run, it has chosen no range, or was
   *     another experiment and that isn't allowed
   */
  public static SourceRange of(Plan plan, ResultStore store, SourceRun wanted) {
    SourceRange range = new SourceRange(plan, store, StoredRun.id(store, wanted.runId()));
    if (range.ranges().isEmpty()) {
      throw new RefusedException(
          "--from-run " + wanted.runId() + ": this run of " + store + " has chosen no range");
    }
    if (wanted.other() == OtherExperiment.REFUSED) {
      range.refuse(range.differences(range.run()));
    }
    return range;
  }

  /** Its ranges to make trials with; empty if it has chosen none. */
  public List<TrialRange> ranges() {
    if (plan.config().sweep().rangeMethods().isEmpty()) {
      return suggestions.stream()
          .filter(FinderSuggestionRow::selected)
          .map(
              row ->
                  new TrialRange(
                      new LrRange(row.minLr(), row.maxLr()), SuggestionRows.chooser(row)))
          .toList();
    }
    return choice().ranges();
  }

  /** The same and those that the configuration names: all that trials are made with. */
  public List<TrialRange> trialRanges() {
    return Stream.concat(ranges().stream(), plan.sweep().givenRanges().stream()).toList();
  }

  /** What the methods say whose ranges are compared; empty if the run's own choice counts. */
  public Stream<String> sentences() {
    return plan.config().sweep().rangeMethods().isEmpty()
        ? Stream.empty()
        : Stream.of(choice().sentences());
  }

  private RangeChoice choice() {
    return RangeChoice.of(
        runId,
        suggestions.stream().map(SuggestionRows::suggestion).toList(),
        plan.config().sweep().rangeMethods(),
        List.of());
  }

  /** In which keys the run was another experiment, as far as a range depends on them. */
  private List<String> differences(RunRow then) {
    return ConfigDifference.between(then.configJson(), plan.config().json()).stream()
        .filter(line -> MATTERS.stream().anyMatch(line::startsWith))
        .toList();
  }

  /**
   * In what the run was another experiment.
   *
   * @param precision that this experiment trains in
   * @throws RefusedException if there is anything and that isn't allowed
   */
  public List<String> judged(SourceRun wanted, RunData now, Precision precision) {
    return judged(wanted, now.name(), now.sha256(), Optional.of(precision));
  }

  /**
   * The same before it is known what this experiment trains in.
   *
   * @param dataset the data set's name
   * @param sha256 of its bytes, in hexadecimal
   * @throws RefusedException if there is anything and that isn't allowed
   */
  public List<String> judged(SourceRun wanted, String dataset, String sha256) {
    return judged(wanted, dataset, sha256, Optional.empty());
  }

  private List<String> judged(
      SourceRun wanted, String dataset, String sha256, Optional<Precision> now) {
    RunRow then = run();
    List<String> lines = new ArrayList<>();
    add(lines, "data set", then.dataset(), dataset);
    add(lines, "data set's SHA-256", then.datasetSha256(), sha256);
    add(lines, "network's SHA-256", then.networkSha256(), plan.networks().sha256().orElse(null));
    now.ifPresent(
        precision ->
            add(
                lines,
                "precision",
                Precision.recorded(then.precision()).label(),
                precision.label()));
    lines.addAll(differences(then));
    if (wanted.other() == OtherExperiment.REFUSED) {
      refuse(lines);
    }
    return lines;
  }

  private static void add(List<String> lines, String what, Object then, Object now) {
    if (!Objects.equals(then, now)) {
      lines.add(what + ": " + then + " then, " + now + " now");
    }
  }

  /** What the run was trained in. */
  public Precision precision() {
    return Precision.recorded(run().precision());
  }

  /** The run that has it. */
  public RunRow run() {
    return store.read(Tables.RUNS, runId).get(0);
  }

  /** Refuses differences, if there are any. */
  private void refuse(List<String> differences) {
    if (!differences.isEmpty()) {
      throw new RefusedException(
          "--from-run "
              + runId
              + ": its range was found for another experiment ("
              + String.join("; ", differences)
              + "); find one for this experiment, or take it all the same with"
              + " --allow-other-experiment");
    }
  }
}
