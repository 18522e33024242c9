package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.TrainingRun;
import org.lrsweep.training.TrainingState;

/**
 * Runs a range test on an engine: trains step by step under a growing learning rate, until the test
 * stops or the rates are used up.
 *
 * <p>The state that it starts from is a value and stays what it was, so afterwards the network, its
 * updater, its batch-norm statistics and its counters are as before.
 */
public final class LearningRateFinder {
  private final RoundEngine engine;
  private final FinderPlan plan;

  public LearningRateFinder(RoundEngine engine, FinderPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  /**
   * Runs the test.
   *
   * @param initial the network before it
   * @param progress called after each step, in order, on this thread
   */
  public FinderResult find(TrainingState initial, Consumer<FinderStep> progress) {
    return find(initial, progress, Checkpoints.none());
  }

  /**
   * Runs the test, from the newest checkpoint on if there is one.
   *
   * @param initial the network before it
   * @param progress called after each step from there on, in order, on this thread
   * @param checkpoints where its state is kept between rounds
   * @throws IllegalStateException if the checkpoint is of another test
   */
  public FinderResult find(
      TrainingState initial, Consumer<FinderStep> progress, Checkpoints checkpoints) {
    String identity = plan + " on " + engine.workers() + " workers";
    FinderCheckpoint start =
        checkpoints
            .latest()
            .map(snapshot -> FinderCheckpoint.of(snapshot, identity))
            .orElseGet(() -> FinderCheckpoint.atStart(initial));
    RangeTest test = new RangeTest(plan.beta(), plan.stopFactor(), start.test());
    List<FinderStep> steps = new ArrayList<>(start.steps());
    List<Long> examples = new ArrayList<>(start.examples());
    List<Long> correct = new ArrayList<>(start.correct());
    try (TrainingRun run = engine.start(start.state())) {
      while (steps.size() < plan.steps() && !test.isStopped()) {
        RoundResult result = run.train(round(steps.size()));
        for (TrainedStep trained : result.steps()) {
          if (!test.isStopped()) {
            FinderStep step = test.record(trained.learningRate(), trained.loss());
            steps.add(step);
            examples.add(trained.examples());
            correct.add(trained.correct());
            progress.accept(step);
          }
        }
        if (checkpoints.due(steps.size())) {
          FinderCheckpoint now =
              new FinderCheckpoint(run.state(), test.state(), steps, examples, correct);
          checkpoints.save(steps.size(), now.snapshot(identity));
        }
      }
    }
    return new FinderResult(steps, examples, correct, test.stopReason());
  }

  private Round round(int firstStep) {
    int stepOfEpoch = firstStep % plan.stepsPerEpoch();
    int left = Math.min(plan.stepsPerEpoch() - stepOfEpoch, plan.steps() - firstStep);
    double[] rates = new double[Math.min(plan.averagingFrequency(), left)];
    Schedule schedule = plan.schedule();
    for (int i = 0; i < rates.length; i++) {
      rates[i] = schedule.learningRate(firstStep + i);
    }
    return new Round(firstStep / plan.stepsPerEpoch(), stepOfEpoch, plan.batchSize(), rates);
  }
}
