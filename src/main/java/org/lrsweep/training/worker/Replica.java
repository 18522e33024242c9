package org.lrsweep.training.worker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.LayerUpdaters;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.RelativeRates;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Classifier;
import org.lrsweep.training.Minibatches;
import org.lrsweep.training.Predictions;
import org.lrsweep.training.Round;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.WorkerPosition;
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
public final class Replica {
  /** Keras' clip of a probability before its logarithm is taken. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final ComputationGraph network;
  private final StepLearningRate learningRate = new StepLearningRate();
  private final CountingLoss loss;

  Replica(NetworkSpec spec) {
    ComputationGraphConfiguration configuration = spec.configuration();
    CountingLoss counting = null;
    RelativeRates rates = RelativeRates.of(configuration);
    for (LayerUpdater each : LayerUpdaters.training(configuration)) {
      IUpdater updater = each.updater();
      updater.setLrAndSchedule(Double.NaN, learningRate.times(rates.ratio(updater)));
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

  /** Loads a state written by {@link FlatState}. */
  public void restore(ByteBuffer state) {
    FlatState.restore(state, network);
  }

  /**
   * Trains a round's steps on this worker's examples, from the state that the replica is in; stops
   * at a loss that is not finite.
   *
   * @param firstStep updates before it
   * @param progress hears of each step
   */
  public WorkerSteps train(
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
  public byte[] captureInto(byte[] state) {
    FlatState.capture(network, state);
    return state;
  }

  /**
   * The memory that holds the state, as {@link FlatState} orders it, to be read and written while
   * the replica does nothing.
   */
  public List<ByteBuffer> memory() {
    return FlatState.memory(network);
  }

  private double fit(DataSet batch) {
    network.fit(new INDArray[] {batch.getFeatures()}, new INDArray[] {batch.getLabels()});
    return network.score();
  }

  /** Class probabilities, [examples, classes], of the network in the state that it is in. */
  public float[][] predict(INDArray features) {
    return FlatArrays.rows(network.outputSingle(false, features));
  }

  /** Classifies examples with the network in the state that it is in. */
  public Predictions classify(WorkerExamples examples) {
    Predictions sum = null;
    for (int from = 0; from < examples.size(); from += Classifier.BATCH) {
      int count = Math.min(Classifier.BATCH, examples.size() - from);
      DataSet batch = examples.minibatch(0, from, count);
      Predictions part = compare(predict(batch.getFeatures()), FlatArrays.rows(batch.getLabels()));
      Minibatches.giveBack(batch);
      sum = sum == null ? part : sum.plus(part);
    }
    return sum;
  }

  private static Predictions compare(float[][] probabilities, float[][] labels) {
    int classes = labels[0].length;
    long[][] confusion = new long[classes][classes];
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      int actual = ArgMax.of(labels[i]);
      confusion[actual][ArgMax.of(probabilities[i])]++;
      loss -= Math.log(Math.max(probabilities[i][actual], SMALLEST_PROBABILITY));
    }
    return new Predictions(confusion, loss);
  }

  /** A copy of the state after the last step. */
  public TrainingState state() {
    return TrainingState.of(network);
  }

  /** Loads a state. */
  public void restore(TrainingState state) {
    FlatState.restore(state, network);
  }
}
