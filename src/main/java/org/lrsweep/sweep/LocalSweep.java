package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.training.Engine;
import org.lrsweep.training.evaluation.Evaluator;
import org.lrsweep.training.examples.DataSetExamples;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.worker.LocalEngine;
import org.lrsweep.training.worker.LocalEvaluator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sweep on this machine, without Spark: trials one after the other, each on all its threads. Not
 * thread-safe.
 */
public final class LocalSweep {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSweep.class);

  private final GivenNetwork network;
  private final DataSetIterator train;
  private final DataSetIterator test;
  private final SweepSettings settings;

  /**
   * @param network what trials train copies of, each from the state that it was given in
   * @param train the training set, read into memory once for all trials
   * @param test the test set, read into memory once; an iterator of its own, unless that can be
   *     reset
   * @param settings the steps of a round, the divergence rule and the retries, which begin anew;
   *     trials run in turn whatever it says
   */
  public LocalSweep(
      GivenNetwork network, DataSetIterator train, DataSetIterator test, SweepSettings settings) {
    this.network = network;
    this.train = train;
    this.test = test;
    this.settings = settings;
  }

  /**
   * Runs all trials to their ends. One that diverges or fails stops no other.
   *
   * @param listener hears how they get on
   * @return one outcome a trial, in the trials' order
   * @throws IllegalArgumentException before any training, if a set is empty or can't be trained on
   */
  public List<TrialOutcome> run(List<Trial> trials, SweepListener listener) {
    List<TrialOutcome> outcomes = new ArrayList<>();
    WantedLabels wanted = WantedLabels.of(network);
    try (Evaluator classifier =
        new LocalEvaluator(network.spec(), DataSetExamples.test(test, wanted))) {
      DataSetExamples examples = DataSetExamples.training(train, wanted, 0);
      for (Trial trial : trials) {
        TrialOutcome outcome =
            attempts(trial, examples.withOrder(trial.seed()), classifier, listener);
        listener.trialEnded(outcome);
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }

  private TrialOutcome attempts(
      Trial trial, DataSetExamples examples, Evaluator classifier, SweepListener listener) {
    for (int retry = 0; ; retry++) {
      try (Engine engine = new LocalEngine(network.spec(), examples, trial.seed())) {
        TrialOutcome outcome =
            new TrialRunner(
                    trial,
                    engine,
                    classifier,
                    TestPart.none(),
                    settings,
                    listener,
                    Checkpoints.none(),
                    network.state(),
                    settings.weights().statistics(network.spec()),
                    TrialStops.NEVER)
                .run();
        if (outcome.status() != TrialStatus.FAILED || retry == settings.retries()) {
          return outcome;
        }
        LOG.warn("{} is tried again, for {}", trial.id(), outcome.error().orElseThrow());
      }
    }
  }
}
