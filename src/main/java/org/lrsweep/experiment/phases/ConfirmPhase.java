package org.lrsweep.experiment.phases;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.lrsweep.config.ConfirmConfig;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.curve.Floor;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.ParallelTrials;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.WeightSettings;
import org.lrsweep.sweep.confirm.Confirm;
import org.lrsweep.sweep.confirm.ConfirmPlan;
import org.lrsweep.sweep.confirm.Confirmation;
import org.lrsweep.sweep.confirm.RungCycle;
import org.lrsweep.sweep.confirm.ShortCycle;

/** Confirms a run's upper bound: tries a ladder of bounds by short cycles, records each of them. */
final class ConfirmPhase {
  private final Session session;
  private final Optional<StepTimes.Nanos> stepTimes;
  private final ExperimentConfig config;
  private final PrintWriter out;

  /**
   * @param stepTimes what a step of the range test took; empty if that wasn't measured
   */
  ConfirmPhase(Session session, Optional<StepTimes.Nanos> stepTimes) {
    this.session = session;
    this.stepTimes = stepTimes;
    config = session.plan().config();
    out = session.console().chatter();
  }

  /**
   * The answer to be recorded beside those of the methods.
   *
   * @param floor of the curve
   * @param lowest the lower bound that descent gives
   */
  Suggestion run(Floor floor, double lowest) {
    ResultStore store = session.store();
    // Of a run that was broken off after it.
    Confirmation came =
        Confirmation.of(store.read(Tables.FINDER_CONFIRM, session.runId()))
            .orElseGet(() -> trainAndRecord(plan(floor, lowest)));
    session.record().confirmed(came);
    return came.suggestion();
  }

  private ConfirmPlan plan(Floor floor, double lowest) {
    ConfirmConfig confirm = config.finder().confirm().orElseThrow();
    int examples = session.data().trainExamples();
    return ConfirmPlan.of(
        floor,
        lowest,
        confirm.rungs(),
        session.plan().confirmCycle(examples).orElseThrow(),
        examples / config.batchSize(),
        config.batchSize(),
        config.seed());
  }

  private Confirmation trainAndRecord(ConfirmPlan plan) {
    List<Trial> trials = plan.trials();
    ParallelTrials parallel = session.parallelTrials(trials.size());
    ShortCycle cycle = plan.cycle();
    long steps = (long) cycle.steps() * plan.halving().trainedCycles();
    out.printf(
        Locale.ROOT,
        "Confirm: %d upper bounds, LR %.3g to %.3g, by cycles of %d steps, %d steps in all, %d at a"
            + " time.%n",
        trials.size(),
        trials.get(0).maxLr(),
        trials.get(trials.size() - 1).maxLr(),
        cycle.steps(),
        steps,
        parallel.atOnce(trials.size()));
    estimate(plan, parallel).map(SweepEstimate::sentence).ifPresent(out::println);
    out.flush();
    Confirmation came;
    try (ConfirmProgress progress = new ConfirmProgress(steps, session.console())) {
      came =
          new Confirm(plan, (rungs, epoch) -> train(rungs, epoch, parallel, progress))
              .run(this::say);
    }
    session.store().replace(Tables.FINDER_CONFIRM, session.runId(), came.rows(session.runId()));
    trials.forEach(trial -> session.output().forgetTrial(trial.id()));
    return came;
  }

  private Map<Trial, TrialOutcome> train(
      List<Trial> rungs, int epoch, ParallelTrials parallel, SweepListener progress) {
    SweepConfig sweep = config.sweep();
    SweepSettings settings =
        new SweepSettings(
            parallel,
            sweep.stepsPerRound(),
            sweep.divergenceFactor(),
            sweep.trialRetries(),
            WeightSettings.none());
    Map<Trial, TrialOutcome> outcomes = new ConcurrentHashMap<>();
    SweepListener collector =
        new SweepListener() {
          @Override
          public void trialEnded(TrialOutcome outcome) {
            outcomes.put(outcome.trial(), withoutStates(outcome));
          }
        };
    new Sweep(session.spark(), session.runId(), session.trialNetworks(), settings)
        .runTo(epoch, rungs, progress.and(collector), session.output()::trialCheckpoints);
    return outcomes;
  }

  /** All rungs' networks needn't be in memory together. */
  private static TrialOutcome withoutStates(TrialOutcome outcome) {
    return new TrialOutcome(
        outcome.trial(),
        outcome.status(),
        outcome.error(),
        outcome.steps(),
        outcome.epochs(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void say(RungCycle cycle) {
    OptionalDouble loss = cycle.loss();
    out.printf(
        Locale.ROOT,
        "  cycle %d up to %.3g: %s%s%n",
        cycle.cycle(),
        cycle.upperBound(),
        cycle.verdict().reason(),
        loss.isEmpty() ? ", left out" : "");
    out.flush();
  }

  private Optional<SweepEstimate> estimate(ConfirmPlan plan, ParallelTrials parallel) {
    double examples = (double) config.batchSize() / config.finder().workers();
    return stepTimes.flatMap(
        step ->
            IntStream.rangeClosed(1, plan.halving().cycles())
                .mapToObj(
                    cycle ->
                        SweepEstimate.of(
                            step,
                            examples,
                            new SweepEstimate.Sweep(
                                plan.oneCycle(cycle),
                                parallel.rows(plan.halving().trained(cycle)),
                                config.sweep().workersPerTrial(),
                                session.data().validationExamples())))
                .reduce(SweepEstimate::plus));
  }
}
