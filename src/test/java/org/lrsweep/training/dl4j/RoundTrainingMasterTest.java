package org.lrsweep.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.dl4j.LearningRateSchedule;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(LocalSpark.class)
class RoundTrainingMasterTest {
  private static final int BATCH = 6;
  private static final int BATCHES = 8;
  private static final CyclicalSchedule CYCLES =
      new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 0.01, 0.1, 3, 1);

  private final JavaSparkContext spark;
  private final List<DataSet> batches;

  RoundTrainingMasterTest(JavaSparkContext spark) {
    this.spark = spark;
    ArrayExamples examples = ArrayExamples.random(BATCHES * BATCH, 1);
    batches =
        IntStream.range(0, BATCHES).mapToObj(i -> examples.minibatch(0, i * BATCH, BATCH)).toList();
  }

  private static ComputationGraph graph(IUpdater updater) {
    ComputationGraph graph = new ComputationGraph(TestNetworks.dense(updater));
    graph.init();
    return graph;
  }

  /** Where ParameterAveragingTrainingMaster begins each schedule, and Adam, anew in each round. */
  @Test
  void oneWorkerIsDeeplearning4jsOwnTrainingOverEpochsSchedulesAndAdamIncluded() {
    LearningRateSchedule rates = new LearningRateSchedule(CYCLES);
    for (IUpdater updater : new IUpdater[] {new Nesterovs(rates, 0.9), new Adam(rates)}) {
      ComputationGraph expected = graph(updater);
      // As workers do: stock layers would differ in their last bits.
      Acceleration.accelerate(expected);
      SparkComputationGraph network =
          new SparkComputationGraph(
              spark, graph(updater), new RoundTrainingMaster(1, BATCH, 2, 42));
      for (int epoch = 0; epoch < 2; epoch++) {
        batches.forEach(expected::fit);
        expected.incrementEpochCount();

        network.fit(spark.parallelize(batches, 3));
      }

      ComputationGraph trained = network.getNetwork();
      assertThat(trained.params().toFloatVector())
          .containsExactly(expected.params().toFloatVector());
      assertThat(trained.getIterationCount()).isEqualTo(2 * BATCHES);
      assertThat(trained.getEpochCount()).isEqualTo(2);
      assertThat(network.getScore()).isEqualTo(expected.score(), within(1e-9));
    }
  }

  @Test
  void aSequenceOfLayersTrainsAsDeeplearning4jTrainsIt() {
    MultiLayerNetwork expected = layers();
    Acceleration.accelerate(expected);
    batches.forEach(expected::fit);
    expected.incrementEpochCount();
    batches.forEach(expected::fit);
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(spark, layers(), new RoundTrainingMaster(1, BATCH, 1, 42));

    network.fit(spark.parallelize(batches, 2));
    network.fit(spark.parallelize(batches, 2));

    assertThat(network.getNetwork().params().toFloatVector())
        .containsExactly(expected.params().toFloatVector());
    assertThat(network.getNetwork().getIterationCount()).isEqualTo(2 * BATCHES);
  }

  private static MultiLayerNetwork layers() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Adam(new LearningRateSchedule(CYCLES)))
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(ArrayExamples.INPUTS)
                    .nOut(8)
                    .activation(Activation.TANH)
                    .build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(ArrayExamples.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  @Test
  void threeWorkersRepeatToTheBitHoweverTheExamplesArePartitioned() {
    ComputationGraph first = train(3, spark.parallelize(batches, 2));
    ComputationGraph second = train(3, spark.parallelize(batches, 5));

    assertThat(second.params().toFloatVector()).containsExactly(first.params().toFloatVector());
  }

  private ComputationGraph train(int workers, JavaRDD<DataSet> examples) {
    SparkComputationGraph network =
        new SparkComputationGraph(
            spark, graph(new Nesterovs(0.1, 0.9)), new RoundTrainingMaster(workers, BATCH, 1, 42));
    return network.fit(examples);
  }

  @Test
  void aGivenScheduleWinsOverTheNetworksOwnRate() {
    SparkComputationGraph own =
        new SparkComputationGraph(
            spark,
            graph(new Nesterovs(new LearningRateSchedule(CYCLES), 0.9)),
            new RoundTrainingMaster(2, BATCH, 1, 42));
    SparkComputationGraph given =
        new SparkComputationGraph(
            spark,
            graph(new Nesterovs(123, 0.9)),
            new RoundTrainingMaster(2, BATCH, 1, 42).withLearningRates(CYCLES));

    own.fit(spark.parallelize(batches, 2));
    given.fit(spark.parallelize(batches, 2));

    assertThat(given.getNetwork().params().toFloatVector())
        .containsExactly(own.getNetwork().params().toFloatVector());
  }

  @Test
  void listenersHearOfEachRound() {
    List<Integer> heard = new ArrayList<>();
    RoundTrainingMaster master = new RoundTrainingMaster(2, BATCH, 1, 42);
    SparkComputationGraph network =
        new SparkComputationGraph(spark, graph(new Nesterovs(0.1, 0.9)), master);
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            heard.add(iteration);
          }
        });

    network.fit(spark.parallelize(batches, 2));

    assertThat(heard).containsExactly(1, 2, 3, 4);
  }

  @Test
  void refusesWhatRoundsCannotDo() {
    RoundTrainingMaster master = new RoundTrainingMaster(2, BATCH, 1, 42);

    assertThatThrownBy(() -> new RoundTrainingMaster(0, 1, 1, 1))
        .hasMessageContaining("must be >= 1, found 0, 1 and 1");
    assertThatThrownBy(() -> master.setCollectTrainingStats(true))
        .hasMessageContaining("See Spark's own UI");
  }

  @Test
  void refusesANetworkWhoseLayersHaveDifferentRates() {
    ComputationGraph graph = graph(new Adam(0.1));
    graph.setLearningRate("out", 0.2);
    SparkComputationGraph network =
        new SparkComputationGraph(spark, graph, new RoundTrainingMaster(2, BATCH, 1, 42));

    assertThatThrownBy(() -> network.fit(spark.parallelize(batches, 2)))
        .hasMessageContaining("2 different ones in step 0");
  }

  @Test
  void theDocumentedExampleIsThisOne() throws IOException {
    Matcher example =
        Pattern.compile("// DOC begins\n(.*?)// DOC ends", Pattern.DOTALL)
            .matcher(
                Files.readString(
                    Path.of(
                        "src/test/java/org/lrsweep/training/dl4j/RoundTrainingMasterTest.java")));

    assertThat(example.find()).isTrue();
    assertThat(Files.readString(Path.of("docs/dl4j-spark.md")))
        .contains("```java\n" + example.group(1).stripIndent().strip() + "\n```");
  }

  @Test
  void theDocumentedExampleTrains() {
    ComputationGraph network = graph(new Nesterovs(0.1, 0.9));
    double before = network.score(batches.get(0));

    Model trained = trainUnderCycles(spark, network, spark.parallelize(batches, 4));

    assertThat(trained).isSameAs(network);
    assertThat(network.score(batches.get(0))).isLessThan(before);
  }

  // DOC begins
  static ComputationGraph trainUnderCycles(
      JavaSparkContext spark, ComputationGraph network, JavaRDD<DataSet> batches) {
    int workers = 2;
    int batchSizePerWorker = 6;
    int averagingFrequency = 1;
    long seed = 42;
    CyclicalSchedule cycles = new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 1e-3, 0.1, 8, 1);
    RoundTrainingMaster master =
        new RoundTrainingMaster(workers, batchSizePerWorker, averagingFrequency, seed)
            .withLearningRates(cycles);
    SparkComputationGraph sparkNetwork = new SparkComputationGraph(spark, network, master);
    for (int epoch = 0; epoch < 10; epoch++) {
      sparkNetwork.fit(batches);
    }
    return sparkNetwork.getNetwork();
  }

  // DOC ends
}
