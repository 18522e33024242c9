package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.training.Classifier;
import org.lrsweep.training.DataSetExamples;
import org.lrsweep.training.Engine;
import org.lrsweep.training.worker.LocalClassifier;
import org.lrsweep.training.worker.LocalEngine;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Runs trials on this machine, without Spark: one after the other, each on all its threads. Not
 * thread-safe.
 */
public final class LocalSweep {
  private final GivenNetwork network;
  private final DataSetIterator train;
  private final DataSetIterator test;
  private final SweepSettings settings;

  /**
   * @param network what trials train copies of, each from the state that it was given in
   * @param train the training set, read into memory once for each trial
   * @param test the test set, read into memory once
   * @param settings the steps of a round and the divergence rule; trials run in turn whatever it
   *     says
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
   */
  public List<TrialOutcome> run(List<Trial> trials, SweepListener listener) {
    List<TrialOutcome> outcomes = new ArrayList<>();
    try (Classifier classifier = new LocalClassifier(network.spec(), DataSetExamples.test(test))) {
      for (Trial trial : trials) {
        DataSetExamples examples = DataSetExamples.training(train, trial.seed());
        try (Engine engine = new LocalEngine(network.spec(), examples, trial.seed())) {
          TrialOutcome outcome =
              new TrialRunner(
                      trial,
                      engine,
                      classifier,
                      settings,
                      listener,
                      Checkpoints.none(),
                      network.state())
                  .run();
          listener.trialEnded(outcome);
          outcomes.add(outcome);
        }
      }
    }
    return outcomes;
  }
}
