package org.lrsweep.sweep;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.DividedExamples;
import org.nd4j.linalg.dataset.DataSet;

/** What trials train and on what; all of it follows from a trial's seed. Thread-safe. */
public interface TrialNetworks {

  /** The network, whose random parameters a trial starts from. */
  NetworkSpec network(long seed);

  /** The training set, one element a partition and one partition a worker. */
  JavaRDD<WorkerExamples> trainExamples(long seed);

  /** The set that trials are chosen by, and their best epochs; one element a partition. */
  JavaRDD<WorkerExamples> testExamples();

  /**
   * The set that judges what was chosen, one element a partition: each trial's chosen weights
   * answer it once. Empty, the default, if there is none but {@link #testExamples}.
   */
  default Optional<JavaRDD<WorkerExamples>> judgingExamples() {
    return Optional.empty();
  }

  /** What a trial of a seed begins from; by default its network with random parameters. */
  default TrainingState initial(long seed) {
    return network(seed).initialState();
  }

  /** Frees what the executors keep for all trials; called when a sweep has ended. */
  default void release() {}

  /**
   * A user's own network and examples. Every trial begins from the network as it was given; its
   * seed decides the order of the examples and dropout.
   *
   * @param network what trials train copies of
   * @param train the training set, the same in the same order each time that Spark computes it
   * @param test the test set
   * @param workers tasks that share each batch of a trial, {@code >= 1}
   */
  static TrialNetworks of(
      GivenNetwork network, JavaRDD<DataSet> train, JavaRDD<DataSet> test, int workers) {
    WantedLabels wanted = WantedLabels.of(network);
    return new GivenTrials(
        network,
        new DividedExamples(train, wanted, workers),
        new DividedExamples(test, wanted, workers));
  }
}
