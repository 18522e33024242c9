package org.lrsweep.experiment.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.experiment.plan.PlannedSweep;
import org.lrsweep.experiment.plan.PlannedSweep.Line;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.run.ExtendedRun;
import org.lrsweep.experiment.run.RunExtension;
import org.lrsweep.results.TrialRow;
import org.lrsweep.sweep.KeptProgress;
import org.lrsweep.sweep.Trial;
import org.lrsweep.terminal.Numbers;

/**
 * What an extension of a run is going to do, for people who decide whether it should. Reads what
 * the run has kept, and writes nothing.
 */
public final class ExtensionPlan {
  private final Plan plan;
  private final ExtendedRun run;
  private final RunExtension extension;
  private final KeptTrials kept;

  /**
   * A trial, and where it begins.
   *
   * @param line for people
   * @param steps that are left
   */
  private record Start(Line line, long steps) {}

  /**
   * The plan of an extension.
   *
   * @throws org.lrsweep.experiment.request.RefusedException if the run can't be extended so
   */
  public ExtensionPlan(Plan plan, ExtendedRun run) {
    this.plan = plan;
    this.run = run;
    extension = run.extension(plan);
    kept = new KeptTrials(plan, run.store(), extension);
  }

  /**
   * All of it, a line each.
   *
   * @param text of the data and what is planned beside the trials
   */
  public String lines(PlanText text) {
    List<Trial> left = extension.left();
    List<Start> starts = left.stream().map(this::start).toList();
    long steps = starts.stream().mapToLong(Start::steps).sum();
    int all = extension.trials().size();
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "run",
            "%s, finished with %s"
                .formatted(run.row().runId(), PlanText.number(extension.rows().size(), "trial"))));
    lines.add(
        new Line(
            "sweep",
            "%s of %s of %s steps; %s finished, %s to be trained, %s steps in all; %s"
                .formatted(
                    PlanText.number(all, "trial"),
                    PlanText.number(left.get(0).epochs(), "epoch"),
                    Numbers.count(left.get(0).stepsPerEpoch()),
                    Numbers.count(all - left.size()),
                    Numbers.count(left.size()),
                    Numbers.count(steps),
                    text.sweepBatches())));
    starts.stream().map(Start::line).forEach(lines::add);
    return text.lines(
        new PlannedSweep(
            lines,
            new Requirements(plan, "sweep", left.size()),
            new TrialTime(plan, run.store(), run.row())
                .of(starts.stream().map(Start::steps).toList())));
  }

  /** As {@code Checkpoints} and the trial itself will find it. */
  private Start start(Trial trial) {
    Optional<Snapshot> checkpoint = run.checkpoints(trial).latest();
    Optional<KeptTrials.Kept> tables = checkpoint.isPresent() ? Optional.empty() : kept.of(trial);
    Optional<KeptProgress> progress =
        checkpoint
            .or(() -> tables.flatMap(KeptTrials.Kept::snapshot))
            .flatMap(snapshot -> KeptProgress.of(trial, plan.sweep().weights(), snapshot));
    if (progress.isPresent()) {
      return goesOn(trial, progress.get());
    }
    Optional<TrialRow> row = extension.row(trial);
    if (row.isEmpty() && checkpoint.isEmpty()) {
      return fromItsStart("new", trial, described(trial));
    }
    String lack =
        checkpoint.isPresent()
            ? "its checkpoint lacks the weights that it averages or ensembles"
            : tables.map(KeptTrials.Kept::lack).orElse("it left no checkpoint");
    return fromItsStart("anew", trial, lack);
  }

  private static Start goesOn(Trial trial, KeptProgress progress) {
    long left = trial.steps() - progress.steps();
    boolean isBetween = progress.steps() == (long) progress.epochs() * trial.stepsPerEpoch();
    String from =
        isBetween
            ? "after epoch " + progress.epochs()
            : "in epoch " + (progress.epochs() + 1) + ", after step " + (progress.steps() - 1);
    return new Start(
        new Line("goes on", "%s %s, %s steps".formatted(trial.id(), from, Numbers.count(left))),
        left);
  }

  private static Start fromItsStart(String name, Trial trial, String why) {
    return new Start(
        new Line(name, "%s, %s steps: %s".formatted(trial.id(), Numbers.count(trial.steps()), why)),
        trial.steps());
  }

  private static String described(Trial trial) {
    return trial.policy().label()
        + (trial.policy().hasStepSize()
            ? ", step size " + Numbers.plain(trial.stepSizeEpochs()) + " epochs"
            : "")
        + ", learning rate "
        + (trial.baseLr() < trial.maxLr() ? Numbers.rate(trial.baseLr()) + " to " : "")
        + Numbers.rate(trial.maxLr())
        + ", seed "
        + trial.seed();
  }
}
