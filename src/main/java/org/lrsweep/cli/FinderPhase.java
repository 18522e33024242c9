package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.cli.progress.FinderProgress;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.FinderConfig;
import org.lrsweep.finder.Curve;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.finder.RangeMethods;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.Tables;
import org.lrsweep.schedule.ExponentialSweep;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.TrainingState;

/** The range test of a run: trains it, records the curve and every method's answer. */
final class FinderPhase {
  private final Session session;
  private final PrintWriter out;

  FinderPhase(Session session) {
    this.session = session;
    out = session.console().chatter();
  }

  /** The ranges to make trials with; empty if none was found or given. */
  List<TrialRange> run() {
    List<FinderStep> steps = finished();
    if (steps.isEmpty()) {
      FinderResult result = train();
      session.store().replace(Tables.FINDER_STEPS, session.runId(), result.rows(session.runId()));
      steps = result.steps();
      out.println(ending(result));
    }
    RangeChoice choice =
        RangeChoice.of(
            session.runId(),
            RangeMethods.suggestAll(Curve.of(steps)),
            session.plan().rangeMethods(),
            session.plan().configuredRanges());
    session.store().replace(Tables.FINDER_SUGGESTIONS, session.runId(), choice.rows());
    out.println(choice.sentences());
    return choice.ranges();
  }

  /** The steps of a range test that was finished before the run was broken off. */
  private List<FinderStep> finished() {
    List<FinderStep> steps = new ArrayList<>();
    for (FinderStepRow row : session.store().read(Tables.FINDER_STEPS, session.runId())) {
      steps.add(
          new FinderStep(
              row.step(),
              row.lr(),
              row.lrMultiplier(),
              row.loss(),
              row.smoothedLoss(),
              row.bestLoss()));
    }
    return steps;
  }

  private static String ending(FinderResult result) {
    int steps = result.steps().size();
    return result
        .stopReason()
        .map(reason -> "Range test stopped after " + steps + " steps: " + reason + ".")
        .orElse("Range test went through all " + steps + " steps.");
  }

  private FinderResult train() {
    ExperimentConfig config = session.plan().config();
    FinderPlan plan = finderPlan(config);
    NetworkSpec network = session.plan().network(config.seed(), session.dataset().classes());
    out.printf(
        "Range test: %d steps at most, LR %.3g to %.3g, %d workers share batches of %d.%n",
        plan.steps(),
        config.finder().startLr(),
        config.finder().endLr(),
        config.finder().workers(),
        config.batchSize());
    session.spark().setJobDescription(session.runId() + " finder");
    try (RoundEngine engine =
            new RoundEngine(
                session.spark(),
                network,
                session.trainExamples(config.finder().workers(), config.seed()),
                config.seed());
        FinderProgress progress =
            new FinderProgress("Range test", plan.steps(), session.console())) {
      return new LearningRateFinder(engine, plan)
          .find(TrainingState.of(network.build()), progress, session.output().finderCheckpoints());
    }
  }

  private FinderPlan finderPlan(ExperimentConfig config) {
    FinderConfig finder = config.finder();
    int examples = session.dataset().train().size();
    int stepsPerEpoch = (examples + config.batchSize() - 1) / config.batchSize();
    int epochs = finder.epochs(stepsPerEpoch);
    return new FinderPlan(
        new ExponentialSweep(finder.startLr(), finder.endLr(), (long) epochs * stepsPerEpoch),
        stepsPerEpoch,
        epochs,
        config.batchSize(),
        finder.averagingFrequency(),
        finder.beta(),
        finder.stopFactor());
  }
}
