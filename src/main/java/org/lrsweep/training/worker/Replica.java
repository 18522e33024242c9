package org.lrsweep.training.worker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.LayerUpdaters;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.lrsweep.network.MomentumCoefficients;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.NormDecay;
import org.lrsweep.network.Objective;
import org.lrsweep.network.RelativeRates;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.Round.Purpose;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.examples.Minibatches;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A worker's copy of the network on an executor. It is built once and used for many rounds; each
 * round overwrites all that the last one left in it.
 *
 * <p>Not thread-safe: {@link ReplicaPool} lends it to one task at a time.
 */
public final class Replica {
  private final NetworkSpec spec;
  private final ComputationGraph network;
  private final StepLearningRate learningRate = new StepLearningRate();
  private final Optional<Objective> objective;
  private final CountingLoss loss;
  private final boolean isPenalised;

  /**
   * @throws IllegalArgumentException if the CPU has no kernels of the network's precision: in
   *     another one the results would be others
   */
  Replica(NetworkSpec spec) {
    spec.precision().requireSupported();
    this.spec = spec;
    ComputationGraphConfiguration configuration = spec.configuration();
    objective = Objective.of(configuration);
    RelativeRates rates = RelativeRates.of(configuration);
    for (LayerUpdater each : LayerUpdaters.training(configuration)) {
      IUpdater updater = each.updater();
      updater.setLrAndSchedule(Double.NaN, learningRate.times(rates.ratio(updater)));
    }
    loss = CountingLoss.in(configuration, objective);
    network = new ComputationGraph(configuration);
    network.init();
    isPenalised = isPenalised(network);
    Acceleration.accelerate(network, spec.precision());
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
   * @throws IllegalArgumentException if the round has momenta, and an updater none
   */
  public WorkerSteps train(
      long firstStep,
      Round round,
      WorkerExamples examples,
      WorkerPosition position,
      Consumer<RunningStep> progress) {
    if (round.purpose() == Purpose.STATISTICS) {
      return moveStatistics(firstStep, round, examples, position, progress);
    }
    if (round.momenta().length == 0) {
      return trainSteps(firstStep, round, examples, position, progress, step -> {});
    }
    MomentumCoefficients momentum = new MomentumCoefficients(network);
    try {
      IntConsumer setMomentum = step -> momentum.set(round.momenta()[step]);
      return trainSteps(firstStep, round, examples, position, progress, setMomentum);
    } finally {
      // The next round is another run's, perhaps, and leaves momentum alone.
      momentum.reset();
    }
  }

  private WorkerSteps moveStatistics(
      long firstStep,
      Round round,
      WorkerExamples examples,
      WorkerPosition position,
      Consumer<RunningStep> progress) {
    NormDecay decay = new NormDecay(network);
    try {
      IntConsumer setDecay = step -> decay.setStepOfMean((long) round.firstStepOfEpoch() + step);
      return trainSteps(firstStep, round, examples, position, progress, setDecay);
    } finally {
      decay.reset();
    }
  }

  private WorkerSteps trainSteps(
      long firstStep,
      Round round,
      WorkerExamples examples,
      WorkerPosition position,
      Consumer<RunningStep> progress,
      IntConsumer beforeStep) {
    network.getConfiguration().setIterationCount(Math.toIntExact(firstStep));
    network.getConfiguration().setEpochCount(round.epoch());
    int share = round.batchSize() / position.workers();
    double[] losses = new double[round.steps()];
    int[] correct = new int[round.steps()];
    int[] answers = new int[round.steps()];
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
        beforeStep.accept(trained);
        DataSet batch = examples.minibatch(round.epoch(), from, counts[trained]);
        long begin = System.nanoTime();
        losses[trained] = fit(batch);
        trainingNanos += System.nanoTime() - begin;
        Minibatches.giveBack(batch);
        correct[trained] = loss.takeCorrect();
        answers[trained] = loss.takeAnswers();
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
        Arrays.copyOf(answers, trained),
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

  /** A step; gives the loss before it, without the penalties that Deeplearning4j's score has. */
  private double fit(DataSet batch) {
    double penalties = isPenalised ? network.calcRegularizationScore(true) : 0;
    network.fit(
        new INDArray[] {batch.getFeatures()},
        new INDArray[] {batch.getLabels()},
        Inference.only(batch.getFeaturesMaskArray()),
        Inference.only(batch.getLabelsMaskArray()));
    return isPenalised ? network.score() - penalties : network.score();
  }

  /** Batch norm's statistics and frozen layers' parameters have no penalties. */
  private static boolean isPenalised(ComputationGraph network) {
    return Arrays.stream(network.getLayers())
        .flatMap(
            layer ->
                layer.paramTable(false).keySet().stream()
                    .map(name -> layer.conf().getLayer().getRegularizationByParam(name)))
        .anyMatch(penalties -> penalties != null && !penalties.isEmpty());
  }

  /**
   * Classifies examples with the network in the state that it is in.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if the network has no objective, or the labels are not such as
   *     it needs
   */
  public Evaluation classify(WorkerExamples examples) {
    return classify(examples, List.of(this::nothing));
  }

  private void nothing() {}

  /**
   * Classifies examples with the mean of the outputs of several states.
   *
   * @param states at least one, as if each were the network's
   * @throws IllegalArgumentException as for one
   */
  public Evaluation classifyWithMean(WorkerExamples examples, List<TrainingState> states) {
    return classify(
        examples, states.stream().<Runnable>map(state -> () -> restore(state)).toList());
  }

  private Evaluation classify(WorkerExamples examples, List<Runnable> states) {
    Objective wanted = objective.orElseGet(() -> Objective.require(spec.configuration()));
    return new Inference(network, wanted).evaluate(examples, states);
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
