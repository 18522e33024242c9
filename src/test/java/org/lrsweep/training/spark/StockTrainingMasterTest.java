package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

/** dl4j-spark's own parameter averaging, where it is right, is what a round computes. */
@ExtendWith(LocalSpark.class)
class StockTrainingMasterTest {
  private static final int WORKERS = 2;
  private static final int BATCH = 12;
  private static final int ROUNDS = 4;
  private static final double RATE = 0.1;

  @Test
  void aRoundAveragesParametersAndUpdaterStateAsDl4jSparkDoes(JavaSparkContext spark) {
    ArrayExamples examples = ArrayExamples.random(ROUNDS * BATCH, 1);
    ComputationGraphConfiguration network = TestNetworks.dense(new Nesterovs(RATE, 0.9));
    ComputationGraph stock = trainStock(spark, network, examples);
    TrainingState expected = TrainingState.of(stock);

    TrainingState state = trainInRounds(spark, network, examples);

    assertThat(state.parameters()).containsExactly(expected.parameters(), within(1e-6f));
    assertThat(state.updaterState()).containsExactly(expected.updaterState(), within(1e-6f));
  }

  private static ComputationGraph trainStock(
      JavaSparkContext spark, ComputationGraphConfiguration network, ArrayExamples examples) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(WORKERS, 1)
            .batchSizePerWorker(BATCH / WORKERS)
            .averagingFrequency(1)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .build();
    ComputationGraph initial = NetworkSpec.of(network).build();
    SparkComputationGraph graph = new SparkComputationGraph(spark, initial, master);
    for (int round = 0; round < ROUNDS; round++) {
      int first = round;
      List<DataSet> batches =
          IntStream.range(0, WORKERS)
              .mapToObj(
                  w ->
                      examples
                          .share(w, WORKERS, BATCH)
                          .minibatch(0, first * BATCH / WORKERS, BATCH / WORKERS))
              .toList();
      graph.fit(spark.parallelize(batches, WORKERS));
    }
    return graph.getNetwork();
  }

  private static TrainingState trainInRounds(
      JavaSparkContext spark, ComputationGraphConfiguration network, ArrayExamples examples) {
    List<WorkerExamples> shares =
        IntStream.range(0, WORKERS)
            .<WorkerExamples>mapToObj(w -> examples.share(w, WORKERS, BATCH))
            .toList();
    NetworkSpec spec = NetworkSpec.of(network);
    try (SparkEngine engine = new SparkEngine(spark, spec, spark.parallelize(shares, WORKERS), 3);
        TrainingRun run = engine.start(TrainingState.of(spec.build()))) {
      for (int round = 0; round < ROUNDS; round++) {
        run.train(new Round(0, round, BATCH, new double[] {RATE}));
      }
      return run.state();
    }
  }
}
