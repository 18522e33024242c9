package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast way of training rounds, against the plain one. */
@ExtendWith(LocalSpark.class)
class RoundTransportTest {
  private static final int BATCH = 12;
  private static final int ROUNDS = 30;

  /** The last batch has 7 examples: of three workers one has 4, one 3 and one none. */
  private static final ArrayExamples UNEVEN = ArrayExamples.random(ROUNDS * BATCH - 5, 1);

  private static final ArrayExamples EVEN = ArrayExamples.random(ROUNDS * BATCH, 1);
  private static final ComputationGraphConfiguration SMALL =
      TestNetworks.batchNormAndDropout(new Nesterovs(1, 0.9));

  /** 2.4 MB of parameters and momentum: averaged in slices where there are three workers. */
  private static final ComputationGraphConfiguration LARGE =
      TestNetworks.dense(new Nesterovs(1, 0.9), 30_000);

  /** The faults that struck, as their share's position and the task's attempt. */
  private static final Set<String> STRUCK = new ConcurrentSkipListSet<>();

  private final JavaSparkContext spark;
  private Precision precision = Precision.FLOAT;

  RoundTransportTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @BeforeEach
  void forgetWhatStruck() {
    STRUCK.clear();
  }

  private SparkEngine engine(
      SparkEngine.Opening transport,
      ComputationGraphConfiguration network,
      List<WorkerExamples> shares) {
    return new SparkEngine(
        spark,
        NetworkSpec.of(network).withPrecision(precision),
        spark.parallelize(shares, shares.size()),
        3,
        new RoundPace(),
        transport);
  }

  private static List<WorkerExamples> shares(
      ArrayExamples examples, int workers, UnaryOperator<WorkerExamples> disturbance) {
    return IntStream.range(0, workers)
        .mapToObj(w -> disturbance.apply(examples.share(w, workers, BATCH)))
        .toList();
  }

  private record Trained(
      List<RoundResult.TrainedStep> steps, TrainingState state, Evaluation evaluation, int jobs) {}

  /** All rounds, asked for so many at once, and an evaluation after each time. */
  private Trained train(
      Transport transport,
      ComputationGraphConfiguration network,
      List<WorkerExamples> shares,
      int atOnce)
      throws Exception {
    return train(transport::open, network, shares, atOnce);
  }

  private Trained train(
      SparkEngine.Opening transport,
      ComputationGraphConfiguration network,
      List<WorkerExamples> shares,
      int atOnce)
      throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }
        };
    List<RoundResult.TrainedStep> steps = new ArrayList<>();
    NetworkSpec spec = NetworkSpec.of(network).withPrecision(precision);
    try (SparkEngine engine = engine(transport, network, shares);
        SparkEvaluator evaluator =
            new SparkEvaluator(spark, spec, spark.parallelize(List.of((WorkerExamples) EVEN), 1));
        TrainingRun run = engine.start(TrainingState.of(spec.build()))) {
      spark.sc().addSparkListener(counter);
      while (steps.size() < ROUNDS) {
        int first = steps.size();
        List<Round> rounds =
            IntStream.range(first, Math.min(first + atOnce, ROUNDS))
                .mapToObj(i -> new Round(0, i, BATCH, new double[] {0.1 + 0.01 * (i % 5)}))
                .toList();
        run.train(rounds).forEach(result -> steps.addAll(result.steps()));
      }
      spark.sc().listenerBus().waitUntilEmpty();
      spark.sc().removeSparkListener(counter);
      return new Trained(steps, run.state(), evaluator.evaluate(run.state()), jobs.get());
    } finally {
      spark.sc().removeSparkListener(counter);
    }
  }

  private static void assertSameBits(Trained actual, Trained expected) {
    assertThat(actual.steps()).isEqualTo(expected.steps());
    assertThat(actual.state().parameters()).isEqualTo(expected.state().parameters());
    assertThat(actual.state().updaterState()).isEqualTo(expected.state().updaterState());
    assertThat(actual.state().step()).isEqualTo(ROUNDS);
    assertThat(actual.evaluation().confusion()).isDeepEqualTo(expected.evaluation().confusion());
    assertThat(actual.evaluation().lossSum()).isEqualTo(expected.evaluation().lossSum());
  }

  private void assertFastIsAsPlain(
      ComputationGraphConfiguration network, List<WorkerExamples> shares) throws Exception {
    Trained plain = train(Transport.PLAIN, network, shares, ROUNDS);
    Trained single = train(Transport.FAST, network, shares, 1);
    Trained together = train(Transport.FAST, network, shares, ROUNDS);

    assertThat(plain.jobs()).isEqualTo(ROUNDS);
    assertThat(single.jobs()).isGreaterThanOrEqualTo(ROUNDS);
    assertThat(together.jobs()).isLessThan(ROUNDS / 2);
    assertSameBits(single, plain);
    assertSameBits(together, plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void givesTheBitsOfThePlainOne(int workers) throws Exception {
    assertFastIsAsPlain(SMALL, shares(EVEN, workers, share -> share));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void givesThemWhereWorkersHaveUnequalShares(int workers) throws Exception {
    assertFastIsAsPlain(SMALL, shares(UNEVEN, workers, share -> share));
  }

  @Test
  void givesThemWhereStatesAreAveragedInSlices() throws Exception {
    assertFastIsAsPlain(LARGE, shares(EVEN, 3, share -> share));
  }

  /** Small images, of which the layers hand each other 16 channels. */
  private static ComputationGraphConfiguration convolutional() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Nesterovs(1, 0.9))
        .convolutionMode(ConvolutionMode.Same)
        .graphBuilder()
        .addInputs("input")
        .addLayer("one", new ConvolutionLayer.Builder(2, 2).nOut(16).build(), "input")
        .addLayer("two", new ConvolutionLayer.Builder(2, 2).nOut(16).build(), "one")
        .addLayer("three", new ConvolutionLayer.Builder(2, 2).nOut(16).build(), "two")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(ArrayExamples.CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "three")
        .setOutputs("output")
        .setInputTypes(InputType.convolutionalFlat(2, ArrayExamples.INPUTS / 2, 1))
        .build();
  }

  @Test
  void givesThemInBfloat16Too() throws Exception {
    assumeTrue(
        Precision.BFLOAT16.isSupported(), "oneDNN has bfloat16 kernels for CPUs with AVX-512 only");
    List<WorkerExamples> shares = shares(EVEN, 2, share -> share);
    Trained floats = train(Transport.FAST, convolutional(), shares, ROUNDS);
    precision = Precision.BFLOAT16;

    assertFastIsAsPlain(convolutional(), shares);

    Trained bfloats = train(Transport.FAST, convolutional(), shares, ROUNDS);
    assertThat(bfloats.steps()).isNotEqualTo(floats.steps());
  }

  /** Fails in two of the rounds, in a task's first attempts. */
  private record Unreadable(WorkerExamples examples, int attempts) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      boolean middle = from == 5 * count || from == 20 * count;
      int attempt = TaskContext.get().attemptNumber();
      if (middle && attempt < attempts) {
        STRUCK.add("round " + from / count + ", attempt " + attempt);
        throw new IllegalStateException("unreadable, as this test wants");
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  /** From a round on, an executor's Spark has not what the fast transport calls, so it seems. */
  private record OnOldExecutor(WorkerExamples examples, int round) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      if (from == round * count && STRUCK.add("round " + round)) {
        throw new NoSuchMethodError("org.apache.spark.storage.BlockManager.putBytes");
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 29})
  void goesOnByThePlainTransportWhereTheFastOneFailsInTheMiddle(int round) throws Exception {
    Trained undisturbed = train(Transport.PLAIN, SMALL, shares(EVEN, 2, share -> share), ROUNDS);
    List<String> notices = new ArrayList<>();
    TransportChoice choice = new TransportChoice(Transport.FAST, notices::add);

    Trained disturbed =
        train(choice::open, SMALL, shares(EVEN, 2, share -> new OnOldExecutor(share, round)), 10);

    assertThat(STRUCK).containsExactly("round " + round);
    assertSameBits(disturbed, undisturbed);
    assertThat(choice.transport()).isEqualTo(Transport.PLAIN);
    assertThat(choice.reason()).hasValueSatisfying(why -> assertThat(why).contains("putBytes"));
    assertThat(notices).singleElement().asString().contains("plain transport", "putBytes");
  }

  @Test
  void isFastWhereTheExchangeThatIsTriedFirstSucceeds() {
    List<String> notices = new ArrayList<>();

    assertThat(FastProbe.refusal(spark)).isEmpty();
    assertThat(TransportChoice.of(spark, notices::add))
        .returns(Transport.FAST, TransportChoice::transport)
        .returns(Optional.empty(), TransportChoice::reason);
    assertThat(notices).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerThatFailsTwiceInTheMiddleChangesNoBit(Transport transport) throws Exception {
    Trained undisturbed = train(Transport.PLAIN, SMALL, shares(EVEN, 2, share -> share), ROUNDS);

    Trained disturbed =
        train(transport, SMALL, shares(EVEN, 2, share -> new Unreadable(share, 2)), ROUNDS);

    assertThat(STRUCK)
        .containsExactlyInAnyOrder(
            "round 5, attempt 0",
            "round 5, attempt 1",
            "round 20, attempt 0",
            "round 20, attempt 1");
    assertSameBits(disturbed, undisturbed);
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerThatAlwaysFailsEndsTheRunWithItsOwnReason(Transport transport) {
    assertThatThrownBy(
            () ->
                train(transport, SMALL, shares(EVEN, 2, share -> new Unreadable(share, 9)), ROUNDS))
        .hasStackTraceContaining("unreadable, as this test wants");
  }

  /** A share of NaN from an example on. */
  private record Spoilt(WorkerExamples examples, int from) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int first, int count) {
      DataSet batch = examples.minibatch(epoch, first, count);
      if (first >= from) {
        batch.getFeatures().assign(Double.NaN);
      }
      return batch;
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsForAllWorkersAtALossThatIsNotFinite(Transport transport) {
    List<WorkerExamples> shares =
        List.of(EVEN.share(0, 2, BATCH), new Spoilt(EVEN.share(1, 2, BATCH), 9 * BATCH / 2));
    try (SparkEngine engine = engine(transport::open, SMALL, shares);
        TrainingRun run = engine.start(TrainingState.of(NetworkSpec.of(SMALL).build()))) {
      List<RoundResult> results = new ArrayList<>();
      while (results.isEmpty() || results.get(results.size() - 1).finite()) {
        results.addAll(
            run.train(
                IntStream.range(results.size(), ROUNDS)
                    .mapToObj(i -> new Round(0, i, BATCH, new double[] {0.1}))
                    .toList()));
      }

      assertThat(results).hasSize(10);
      assertThat(run.step()).isEqualTo(10);
    }
  }

  @Test
  void isChosenByAPropertyOfSparks() {
    SparkConf conf = new SparkConf(false);

    assertThat(Transport.of(conf)).isEqualTo(Transport.FAST);
    assertThat(Transport.of(conf.set("spark.lrsweep.transport", "fast"))).isEqualTo(Transport.FAST);
    assertThat(Transport.of(conf.set("spark.lrsweep.transport", "plain")))
        .isEqualTo(Transport.PLAIN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.of(conf.set("spark.lrsweep.transport", "Plain ")))
        .withMessage("spark.lrsweep.transport must be fast or plain, found Plain ");
  }
}
