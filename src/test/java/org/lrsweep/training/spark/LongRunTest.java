package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.learning.config.Nesterovs;

@ExtendWith(LocalSpark.class)
class LongRunTest {
  private static final int BATCH = 12;
  private static final int ROUNDS = 150;

  /** A state is 400 kB: had each round left one behind, it would be 60 MB. */
  @Test
  void roundsLeaveNothingInMemory(JavaSparkContext spark) {
    ArrayExamples examples = ArrayExamples.random(BATCH, 1);
    List<WorkerExamples> shares =
        IntStream.range(0, 2).<WorkerExamples>mapToObj(w -> examples.share(w, 2, BATCH)).toList();
    NetworkSpec network = NetworkSpec.of(TestNetworks.dense(new Nesterovs(0.1, 0.9), 5000));
    try (SparkEngine engine = new SparkEngine(spark, network, spark.parallelize(shares, 2), 3);
        TrainingRun run = engine.start(TrainingState.of(network.build()))) {
      train(run, 0);
      long before = usedBytes();

      train(run, ROUNDS);

      assertThat(usedBytes() - before).isLessThan(20L << 20);
    }
  }

  private static void train(TrainingRun run, int firstEpoch) {
    for (int epoch = firstEpoch; epoch < firstEpoch + ROUNDS; epoch++) {
      run.train(new Round(epoch, 0, BATCH, new double[] {0.01}));
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime heap = Runtime.getRuntime();
    return heap.totalMemory() - heap.freeMemory();
  }
}
