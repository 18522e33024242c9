package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.AccelerationReport;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.ExperimentResult;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.FinderSettings;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.schedule.dl4j.LearningRateSchedule;
import org.lrsweep.sweep.LocalSweep;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialNetworks;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.MarkedExamples;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The Java examples of README.md, which are the marked lines of this file, and that they work. */
@ExtendWith(LocalSpark.class)
class ReadmeExampleTest {
  private static final Path README = Path.of("README.md");
  private static final Path SOURCE = Path.of("src/test/java/org/lrsweep/ReadmeExampleTest.java");

  private static final Pattern CONFIGURATION =
      Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);

  @Test
  void theReadmeShowsTheseExamples() throws IOException {
    MarkedExamples.assertShown(README, SOURCE, "README", 5);
  }

  @Test
  void everyConfigurationShownLoads() throws IOException {
    List<String> shown =
        CONFIGURATION
            .matcher(Files.readString(README))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(shown).hasSizeGreaterThan(1);
    assertThat(shown)
        .allSatisfy(
            text ->
                assertThatCode(() -> ConfigLoader.load(text, "README.md", List.of()))
                    .doesNotThrowAnyException());
  }

  @Test
  void theFinderFindsARangeOnSpark(JavaSparkContext spark) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    TrainingState before = TrainingState.of(network);

    Optional<LrRange> range = findRange(spark, network, spark.parallelize(batches(), 3));

    assertThat(range)
        .hasValueSatisfying(found -> assertThat(found.baseLr()).isBetween(1e-5, found.maxLr()));
    assertThat(TrainingState.of(network)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void finderAndSweepRunOnOneMachine() {
    ComputationGraph network =
        new ComputationGraph(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
    network.init();
    TrainingState before = TrainingState.of(network);
    DataSetIterator examples = new ListDataSetIterator<>(batches(), 40);

    List<TrialOutcome> outcomes = findAndSweep(network, examples, examples, 640);

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.status()).isEqualTo(TrialStatus.COMPLETED);
              assertThat(outcome.epochs()).hasSize(4);
              assertThat(outcome.bestEpoch().orElseThrow().valAccuracy()).isGreaterThan(0.6);
            });
    assertThat(TrainingState.of(network)).usingRecursiveComparison().isEqualTo(before);
    useBest(network, outcomes);
    assertThat(TrainingState.of(network).step()).isEqualTo(4 * 20);
  }

  @Test
  void theSweepOnSparkTrainsWhatTheSweepOnOneMachineTrains(JavaSparkContext spark) {
    Acceleration.useThreads(1);
    ComputationGraph network =
        new ComputationGraph(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
    network.init();
    GivenNetwork given = GivenNetwork.of(network);
    DataSetIterator examples = new ListDataSetIterator<>(batches(), 40);
    JavaRDD<DataSet> rdd = spark.parallelize(batches(), 3);
    List<Trial> trials =
        new TrialGrid(
                List.of(TrialPolicy.TRIANGULAR),
                List.of(0.5),
                List.of(TrialRange.given(new LrRange(0.01, 0.1))),
                List.of(5L),
                1,
                32,
                2)
            .trials(640);
    SweepSettings settings = SweepSettings.defaults();

    TrialOutcome here =
        new LocalSweep(given, examples, examples, settings)
            .run(trials, new SweepListener() {})
            .get(0);
    TrialOutcome there =
        new Sweep(spark, "run-a", TrialNetworks.of(given, rdd, rdd, 1), settings)
            .run(trials, new SweepListener() {})
            .get(0);

    assertThat(there.state().orElseThrow().parameters())
        .containsExactly(here.state().orElseThrow().parameters());
    assertThat(there.bestEpoch().orElseThrow().valAccuracy())
        .isEqualTo(here.bestEpoch().orElseThrow().valAccuracy());
  }

  private static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Nesterovs(0.1, 0.9))
        .list()
        .layer(new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(ArrayExamples.CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.feedForward(ArrayExamples.INPUTS))
        .build();
  }

  /** 640 examples in batches of 40. */
  private static List<DataSet> batches() {
    ArrayExamples all = ArrayExamples.random(640, 1);
    return IntStream.range(0, 16).mapToObj(i -> all.minibatch(0, 40 * i, 40)).toList();
  }

  // README begins
  static Optional<LrRange> findRange(
      JavaSparkContext spark, MultiLayerNetwork network, JavaRDD<DataSet> examples) {
    FinderSettings settings =
        FinderSettings.defaults().withRange(1e-5, 100).withBatchSize(32).withEpochs(5);
    int workers = 2;
    FinderResult result =
        LearningRateFinder.find(spark, GivenNetwork.of(network), examples, workers, settings);
    return result.suggest("descent").bounds();
  }

  // README ends

  // README begins
  static List<TrialOutcome> findAndSweep(
      ComputationGraph network, DataSetIterator train, DataSetIterator test, int examples) {
    GivenNetwork given = GivenNetwork.of(network);
    int batchSize = 32;
    FinderSettings settings =
        FinderSettings.defaults().withRange(1e-5, 100).withBatchSize(batchSize).withEpochs(5);
    Suggestion answer = LearningRateFinder.find(given, train, settings).suggest("descent");
    LrRange range = answer.bounds().orElseThrow(() -> new IllegalStateException(answer.reason()));

    TrialGrid grid =
        new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR, TrialPolicy.CONSTANT),
            List.of(0.5, 1.0), // step sizes in epochs
            List.of(TrialRange.by("descent", range)),
            List.of(42L), // seeds
            1.0, // gamma, of exp_range
            batchSize,
            4); // epochs
    return new LocalSweep(given, train, test, SweepSettings.defaults())
        .run(grid.trials(examples), new SweepListener() {});
  }

  static void useBest(ComputationGraph network, List<TrialOutcome> outcomes) {
    TrialOutcome.best(outcomes) // by the metric of the network's task
        .flatMap(TrialOutcome::bestState) // of its best epoch; state() is the last one's
        .ifPresent(state -> state.restore(network));
  }

  // README ends

  // README begins
  static ExperimentResult runExperiment(JavaSparkContext spark, Path file, Path output)
      throws IOException {
    ExperimentConfig config =
        ConfigLoader.load(
            Files.readString(file), file.toString(), List.of("sweep.epochs=1", "output=" + output));
    ExperimentResult result = Experiment.of(config).on(spark).run();
    result
        .bestTrial()
        .ifPresent(best -> System.out.println(best.trialId() + ": " + best.bestValAccuracy()));
    return result;
  }

  // README ends

  @Test
  void aConfiguredExperimentRunsFromJava(JavaSparkContext spark, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("small.conf");
    Files.writeString(
        file,
        """
        lrsweep {
          data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
          model.network = small-cnn
          finder { start-lr = 1.0e-4, epochs = 1 }
          sweep { step-sizes-epochs = [0.5], base-lrs = [0.001], max-lrs = [0.01] }
        }
        """);

    ExperimentResult result = runExperiment(spark, file, folder.resolve("results"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.bestTrial()).hasValueSatisfying(best -> assertThat(best.epochs()).isOne());
    assertThat(folder.resolve("results/reports/" + result.runId() + "/report.html")).exists();
  }

  @Test
  void aDeeplearning4jUpdaterFollowsASchedule() {
    // README begins
    CyclicalSchedule cycles = new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 1e-5, 1e-2, 7496, 1);
    IUpdater updater = new Nesterovs(new LearningRateSchedule(cycles), 0.9);
    // README ends

    assertThat(updater.getLearningRate(0, 0)).isEqualTo(1e-5);
    assertThat(updater.getLearningRate(7496, 8)).isEqualTo(1e-2);
  }

  @Test
  void aNetworkRunsOnOneDnn() {
    ComputationGraph network =
        new ComputationGraph(
            NetworkType.SMALL_CNN.configuration(
                new ImageShape(1, 8, 8), 2, 1, new Nesterovs(0.1, 0.9)));

    // README begins
    network.init();
    AccelerationReport report = Acceleration.accelerate(network);
    System.out.println(report.summary());
    // README ends

    assertThat(report.isComplete()).isEqualTo(Acceleration.isAvailable());
  }
}
