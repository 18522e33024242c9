package org.lrsweep.training.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.RoundCutter;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.DataSetShares;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.dataset.DataSet;

/** One pass over an RDD, in rounds; where the network's own count of epochs goes on elsewhere. */
record EpochOfRounds(
    int workers,
    int batchSizePerWorker,
    int averagingFrequency,
    long seed,
    Optional<Schedule> schedule,
    Precision precision) {

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
    JavaRDD<WorkerExamples> shares =
        DataSetShares.inOrder(data, workers).persist(StorageLevel.MEMORY_ONLY());
    NetworkSpec spec = NetworkSpec.of(network.getConfiguration()).withPrecision(precision);
    try (SparkEngine engine = new SparkEngine(spark, spec, shares, seed);
        TrainingRun run = engine.start(TrainingState.of(network))) {
      int largest = shares.map(WorkerExamples::size).collect().stream().reduce(0, Math::max);
      int steps = (largest + batchSizePerWorker - 1) / batchSizePerWorker;
      Optional<Double> loss = Optional.empty();
      // Listeners look at the network after each round.
      int atOnce = listeners.isEmpty() ? EngineRun.ROUNDS_AT_ONCE : 1;
      long first = (long) network.getEpochCount() * steps;
      RoundCutter cutter =
          new RoundCutter(
              Math.max(1, steps),
              averagingFrequency,
              workers * batchSizePerWorker,
              rates(network, run.step() - first));
      long step = first;
      while (step < first + steps) {
        for (RoundResult result :
            run.train(cutter.rounds(step, first + steps, atOnce, any -> false))) {
          List<TrainedStep> trained = result.steps();
          loss = Optional.of(trained.get(trained.size() - 1).loss());
          step += trained.size();
        }
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

  /** Those of the network's steps, which an earlier epoch of another length has moved. */
  private Schedule rates(ComputationGraph network, long moved) {
    NetworkRates own = NetworkRates.of(network.getConfiguration());
    int epoch = network.getEpochCount();
    return schedule
        .<Schedule>map(given -> new MovedSchedule(given, moved))
        .orElse(step -> own.at(Math.toIntExact(step + moved), epoch));
  }

  private record MovedSchedule(Schedule schedule, long by) implements Schedule {
    private static final long serialVersionUID = 1L;

    @Override
    public double learningRate(long step) {
      return schedule.learningRate(step + by);
    }

    @Override
    public OptionalDouble momentum(long step) {
      return schedule.momentum(step + by);
    }
  }
}
