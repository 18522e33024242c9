package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.cluster.RunMetrics;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.LimitsConfig;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.experiment.run.RunExtension;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.report.Report;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.Average;
import org.lrsweep.sweep.ParallelTrials;
import org.lrsweep.sweep.Pruning;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepLimits;
import org.lrsweep.sweep.SweepRows;
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
   * @return whether at least one trial came to a result, and not too many failed
   */
  public boolean run(List<TrialRange> ranges) {
    TrialGrid grid = session.plan().sweep().grid(ranges);
    int examples = session.data().trainExamples();
    grid.merged(examples).forEach(session.console()::notice);
    TrialRecords records = TrialRecords.of(session);
    Set<String> finished = records.finished();
    return run(
        grid.trials(examples), records, trial -> finished.contains(trial.id()), this::checkpoints);
  }

  /**
   * Runs the trials that a finished run lacks, and trains those longer that are to have more epochs
   * than they have.
   *
   * @return whether at least one trial of the run came to a result, and not too many failed
   */
  public boolean run(RunExtension extension) {
    KeptTrials kept = new KeptTrials(session.plan(), session.store(), extension);
    return run(
        extension.trials(),
        TrialRecords.of(session),
        extension::isFinished,
        trial -> checkpoints(trial).startingFrom(() -> kept(kept, trial)));
  }

  private Optional<Snapshot> kept(KeptTrials trials, Trial trial) {
    Optional<KeptTrials.Kept> kept = trials.of(trial);
    kept.filter(found -> found.snapshot().isEmpty())
        .ifPresent(
            found ->
                session
                    .console()
                    .notice(
                        trial.id()
                            + " is trained from its start, which leads to the same results: "
                            + found.lack()
                            + "; checkpoint.keep = true keeps it all."));
    return kept.flatMap(KeptTrials.Kept::snapshot);
  }

  private Checkpoints checkpoints(Trial trial) {
    return session.output().trialCheckpoints(trial);
  }

  private boolean run(
      List<Trial> trials,
      TrialRecords records,
      Predicate<Trial> isFinished,
      Function<Trial, Checkpoints> checkpoints) {
    SweepConfig config = session.plan().config().sweep();
    List<Trial> left = trials.stream().filter(isFinished.negate()).toList();
    SweepLimits limits = limits(trials, isFinished);
    int finished = trials.size() - left.size();
    ParallelTrials parallel = session.parallelTrials(left.size());
    int atOnce = parallel.atOnce(Math.max(1, left.size()));
    out.printf(
        Locale.ROOT,
        "Sweep: %d trials of %d epochs, %d at a time.%n",
        trials.size(),
        config.epochs(),
        atOnce);
    if (finished > 0) {
      out.printf(Locale.ROOT, "%d of them were finished before.%n", finished);
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
            session.plan().sweep().weights());
    try (SweepProgress progress = new SweepProgress(left, session.console());
        RunningReport report =
            new RunningReport(() -> Report.write(session.store(), session.runId()));
        RunningReport tracking = tracking()) {
      report.refresh();
      tracking.refresh();
      SweepGauges gauges = new SweepGauges(RunMetrics.ofDriver(), left.size());
      new Sweep(session.spark(), session.runId(), session.trialNetworks(), settings)
          .run(
              left,
              records.and(progress).and(report).and(tracking).and(gauges),
              checkpoints,
              limits);
    }
    session
        .record()
        .swept(estimate.map(SweepEstimate::likely), Duration.ofNanos(System.nanoTime() - start));
    if (records.stopped() > 0) {
      session
          .console()
          .out()
          .printf(
              Locale.ROOT,
              "%d trials stopped before their ends. The same command goes on with them, %s.%n",
              records.stopped(),
              session.output().extension().isPresent()
                  ? "as it is"
                  : "with --resume " + session.runId());
    }
    if (limits.hasTooManyFailures()) {
      session
          .console()
          .out()
          .printf(
              Locale.ROOT,
              "The sweep has ended early: sweep.max-failures = %d trials have failed.%n",
              config.limits().maxFailures().getAsInt());
      return false;
    }
    return records.hasResult();
  }

  /** Sends nothing where there is no server. */
  private RunningReport tracking() {
    return session
        .plan()
        .config()
        .mlflow()
        .map(server -> new Tracking(server, session.store(), session.runId()).whileRunning())
        .orElseGet(() -> new RunningReport(() -> {}));
  }

  private SweepLimits limits(List<Trial> trials, Predicate<Trial> isFinished) {
    LimitsConfig config = session.plan().config().sweep().limits();
    Optional<Pruning> pruning =
        config.prune() ? Optional.of(new Pruning(trials)) : Optional.empty();
    pruning.ifPresent(
        rule -> {
          List<EpochRow> rows = session.store().read(Tables.EPOCHS, session.runId());
          trials.stream()
              .filter(isFinished)
              .forEach(
                  trial ->
                      rule.ended(
                          trial,
                          rows.stream()
                              .filter(row -> row.trialId().equals(trial.id()))
                              .map(SweepRows::trialEpoch)
                              .toList()));
        });
    return new SweepLimits(config.timeBudget(), config.maxFailures(), pruning);
  }

  private Optional<SweepEstimate> estimate(List<Trial> trials, ParallelTrials parallel) {
    ExperimentConfig config = session.plan().config();
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    SweepEstimate.Sweep sweep =
        new SweepEstimate.Sweep(
            trials,
            parallel.rows(trials.size()),
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
    return (isAveraged() ? 1 : 0) + session.plan().sweep().weights().snapshots();
  }

  private boolean isAveraged() {
    return session.plan().sweep().weights().average() != Average.NONE;
  }
}
