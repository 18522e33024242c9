package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.report.Report;
import org.lrsweep.sweep.Average;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialRange;

/** The trials of a run: trains them side by side, records their curves, models and results. */
public final class SweepPhase {
  private final Session session;
  private final Optional<StepTimes.Nanos> stepTimes;
  private final PrintWriter out;

  /** A sweep of which nobody knows how long a step takes. */
  public SweepPhase(Session session) {
    this(session, Optional.empty());
  }

  /** The sweep that comes after a range test. */
  public SweepPhase(Session session, FinderPhase finder) {
    this(session, finder.stepTimes());
  }

  private SweepPhase(Session session, Optional<StepTimes.Nanos> stepTimes) {
    this.session = session;
    this.stepTimes = stepTimes;
    out = session.console().chatter();
  }

  /**
   * Runs every trial.
   *
   * @param ranges to make trials with, at least one
   * @return whether at least one trial was completed
   */
  public boolean run(List<TrialRange> ranges) {
    SweepConfig config = session.plan().config().sweep();
    TrialGrid grid = session.plan().grid(ranges);
    int examples = session.data().trainExamples();
    List<Trial> trials = grid.trials(examples);
    grid.merged(examples).forEach(session.console()::notice);
    TrialRecords records = TrialRecords.of(session);
    Set<String> finished = records.finished();
    List<Trial> left = trials.stream().filter(trial -> !finished.contains(trial.id())).toList();
    int parallel =
        config
            .parallelTrials()
            .orElseGet(
                () ->
                    session.slots(left.size() * config.workersPerTrial())
                        / config.workersPerTrial());
    parallel = Math.max(1, Math.min(parallel, left.size()));
    out.printf(
        Locale.ROOT,
        "Sweep: %d trials of %d epochs, %d at a time.%n",
        trials.size(),
        config.epochs(),
        parallel);
    if (!finished.isEmpty()) {
      out.printf(Locale.ROOT, "%d of them were finished before.%n", finished.size());
    }
    Optional<SweepEstimate> estimate = estimate(left, parallel);
    estimate.map(SweepEstimate::sentence).ifPresent(out::println);
    out.flush();
    // Before there are tasks, which look native functions up: see Report.prepare.
    Report.prepare();
    long start = System.nanoTime();
    SweepSettings settings =
        new SweepSettings(
            parallel,
            config.stepsPerRound(),
            config.divergenceFactor(),
            config.trialRetries(),
            session.plan().weights());
    try (SweepProgress progress = new SweepProgress(left, session.console());
        RunningReport report =
            new RunningReport(() -> Report.write(session.store(), session.runId()))) {
      report.refresh();
      new Sweep(session.spark(), session.runId(), session.trialNetworks(), settings)
          .run(
              left,
              records.and(progress).and(report),
              trial -> session.output().trialCheckpoints(trial.id(), trial.stepsPerEpoch()));
    }
    session.swept(estimate.map(SweepEstimate::likely), Duration.ofNanos(System.nanoTime() - start));
    return records.hasCompleted();
  }

  private Optional<SweepEstimate> estimate(List<Trial> trials, int parallel) {
    ExperimentConfig config = session.plan().config();
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    SweepEstimate.Sweep sweep =
        new SweepEstimate.Sweep(
            trials,
            parallel,
            config.sweep().workersPerTrial(),
            session.data().validationExamples(),
            passes(),
            evaluations());
    double examples = (double) config.batchSize() / config.finder().workers();
    return stepTimes.map(step -> SweepEstimate.of(step, examples, sweep));
  }

  /** A mean of weights takes one for its batch-norm statistics, if the network has any. */
  private int passes() {
    long seed = session.plan().config().seed();
    return isAveraged() && !NormStatistics.of(session.trialNetworks().network(seed)).isEmpty()
        ? 1
        : 0;
  }

  /** One of a mean, and one of each snapshot. */
  private int evaluations() {
    return (isAveraged() ? 1 : 0) + session.plan().weights().snapshots();
  }

  private boolean isAveraged() {
    return session.plan().weights().average() != Average.NONE;
  }
}
