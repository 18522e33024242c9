package org.lrsweep.training.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.DataSetExamples;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.TrainingRun;
import org.lrsweep.training.TrainingState;
import org.lrsweep.training.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/** One pass over an RDD, in rounds; where the network's own count of epochs goes on elsewhere. */
record EpochOfRounds(
    int workers,
    int batchSizePerWorker,
    int averagingFrequency,
    long seed,
    Optional<Schedule> schedule) {

  /**
   * Trains a network.
   *
   * @param listeners hear of each round
   * @param beforeListeners brings the network to where they look
   * @return the loss of the last step; empty if there are no examples
   */
  Optional<Double> train(
      JavaSparkContext spark,
      ComputationGraph network,
      JavaRDD<DataSet> data,
      List<TrainingListener> listeners,
      Consumer<ComputationGraph> beforeListeners) {
    // As they are: a test set's order, which is the RDD's.
    JavaRDD<WorkerExamples> shares =
        DataSetExamples.test(data, workers).persist(StorageLevel.MEMORY_ONLY());
    NetworkSpec spec = NetworkSpec.of(network.getConfiguration());
    try (RoundEngine engine = new RoundEngine(spark, spec, shares, seed);
        TrainingRun run = engine.start(TrainingState.of(network))) {
      int largest = shares.map(WorkerExamples::size).collect().stream().reduce(0, Math::max);
      int steps = (largest + batchSizePerWorker - 1) / batchSizePerWorker;
      Optional<Double> loss = Optional.empty();
      for (int step = 0; step < steps; step += averagingFrequency) {
        Round round = round(network, run.step(), step, Math.min(averagingFrequency, steps - step));
        List<TrainedStep> trained = run.train(round).steps();
        loss = Optional.of(trained.get(trained.size() - 1).loss());
        if (!listeners.isEmpty()) {
          run.state().restore(network);
          network.setScore(loss.get());
          beforeListeners.accept(network);
          listeners.forEach(
              listener ->
                  listener.iterationDone(
                      network, network.getIterationCount(), network.getEpochCount()));
        }
      }
      run.state().restore(network);
      return loss;
    } finally {
      shares.unpersist(false);
    }
  }

  private Round round(ComputationGraph network, long firstStep, int stepOfEpoch, int count) {
    NetworkRates own = NetworkRates.of(network.getConfiguration());
    int epoch = network.getEpochCount();
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      long step = firstStep + i;
      rates[i] =
          schedule
              .map(given -> given.learningRate(step))
              .orElseGet(() -> own.at(Math.toIntExact(step), epoch));
    }
    return new Round(epoch, stepOfEpoch, workers * batchSizePerWorker, rates);
  }
}
