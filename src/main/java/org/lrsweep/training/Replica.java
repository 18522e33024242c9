package org.lrsweep.training;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A worker's network on an executor. It is built once and used for many rounds; each round
 * overwrites all that the last one left in it.
 *
 * <p>Not thread-safe: {@link ReplicaPool} lends it to one task at a time.
 */
final class Replica {
  private final ComputationGraph network;
  private final StepLearningRate learningRate = new StepLearningRate();
  private final CountingLoss loss;

  Replica(NetworkSpec spec) {
    ComputationGraphConfiguration configuration = spec.configuration();
    CountingLoss counting = null;
    for (BaseLayer layer : TrainableLayers.of(configuration)) {
      follow(layer.getIUpdater());
      follow(layer.getBiasUpdater());
    }
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layerVertex) {
        Layer layer = layerVertex.getLayerConf().getLayer();
        if (layer instanceof BaseOutputLayer output) {
          counting = new CountingLoss(output.getLossFn());
          output.setLossFn(counting);
        } else if (layer instanceof LossLayer output) {
          counting = new CountingLoss(output.getLossFn());
          output.setLossFn(counting);
        }
      }
    }
    if (counting == null) {
      throw new IllegalArgumentException("The network's output must be a layer with a loss");
    }
    loss = counting;
    network = new ComputationGraph(configuration);
    network.init();
    Acceleration.accelerate(network);
  }

  private void follow(IUpdater updater) {
    if (updater != null && updater.hasLearningRate()) {
      updater.setLrAndSchedule(Double.NaN, learningRate);
    }
  }

  /** Becomes what a state says that {@link FlatState} wrote. */
  void restore(ByteBuffer state) {
    FlatState.restore(state, network);
  }

  /**
   * Trains a round's steps on this worker's examples, from the state that the replica is in; stops
   * at a loss that is not finite.
   *
   * @param firstStep updates before it
   * @param progress hears of each step
   */
  WorkerSteps train(
      long firstStep,
      Round round,
      WorkerExamples examples,
      WorkerPosition position,
      Consumer<RunningStep> progress) {
    network.getConfiguration().setIterationCount(Math.toIntExact(firstStep));
    network.getConfiguration().setEpochCount(round.epoch());
    int share = round.batchSize() / position.workers();
    double[] losses = new double[round.steps()];
    int[] correct = new int[round.steps()];
    int[] counts = new int[round.steps()];
    long trainingNanos = 0;
    double lossSum = 0;
    int trained = 0;
    boolean finite = true;
    while (trained < round.steps() && finite) {
      long step = firstStep + trained;
      int from = (round.firstStepOfEpoch() + trained) * share;
      counts[trained] = Math.max(0, Math.min(share, examples.size() - from));
      if (counts[trained] > 0) {
        Nd4j.getRandom().setSeed(position.seedOf(step));
        learningRate.set(round.learningRates()[trained]);
        DataSet batch = examples.minibatch(round.epoch(), from, counts[trained]);
        long begin = System.nanoTime();
        losses[trained] = fit(batch);
        trainingNanos += System.nanoTime() - begin;
        Minibatches.giveBack(batch);
        correct[trained] = loss.takeCorrect();
        finite = Double.isFinite(losses[trained]);
        lossSum += losses[trained];
        progress.accept(
            new RunningStep(step, round.learningRates()[trained], lossSum / (trained + 1)));
      }
      trained++;
    }
    return new WorkerSteps(
        Arrays.copyOf(losses, trained),
        Arrays.copyOf(correct, trained),
        Arrays.copyOf(counts, trained),
        trainingNanos);
  }

  /** Copies the state after the last step, as {@link FlatState} writes it. */
  byte[] captureInto(byte[] state) {
    FlatState.capture(network, state);
    return state;
  }

  /** The memory that holds the state, to be read and written while the replica does nothing. */
  FlatMemory memory() {
    return FlatState.memory(network);
  }

  private double fit(DataSet batch) {
    network.fit(new INDArray[] {batch.getFeatures()}, new INDArray[] {batch.getLabels()});
    return network.score();
  }

  /** Class probabilities, [examples, classes], of a network in the given state. */
  float[][] predict(INDArray features) {
    return FlatArrays.rows(network.outputSingle(false, features));
  }

  /** Takes over a state's parameters, to predict with. */
  void restore(TrainingState state) {
    state.restore(network);
  }
}
