package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A state of a round is 2 MB here: 300 of them left anywhere are more than the test allows. */
@ExtendWith(LocalSpark.class)
class BoundedMemoryTest {
  private static final int BATCH = 12;
  private static final int ROUNDS = 300;
  private static final long ALLOWED = 150L << 20;

  /** Pages of the heap that are touched for the first time count here too. */
  private static final long ALLOWED_OUTSIDE = 400L << 20;

  private final JavaSparkContext spark;

  BoundedMemoryTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private static ComputationGraphConfiguration network() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Momentum(0.01, 0.9))
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.feedForward(ArrayExamples.INPUTS))
        .addLayer(
            "first", new DenseLayer.Builder().nOut(512).activation(Activation.TANH).build(), "in")
        .addLayer(
            "second",
            new DenseLayer.Builder().nOut(512).activation(Activation.TANH).build(),
            "first")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(ArrayExamples.CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "second")
        .setOutputs("out")
        .build();
  }

  @Test
  void threeHundredRoundsLeaveNeitherBlocksNorMemoryBehind() throws Exception {
    NetworkSpec network = NetworkSpec.of(network());
    JavaRDD<WorkerExamples> examples =
        spark.parallelize(List.of(ArrayExamples.random(BATCH, 1)), 1);
    try (RoundEngine engine = new RoundEngine(spark, network, examples, 3);
        TrainingRun run = engine.start(TrainingState.of(network.build()))) {
      train(run, 50);
      long blocks = blocks();
      long heap = heap().getUsed();
      long rest = Pointer.physicalBytes() - heap().getCommitted();

      train(run, ROUNDS);

      // Broadcasts are removed in the background.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (blocks() > blocks && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(blocks()).as("blocks of Spark").isLessThanOrEqualTo(blocks);
      assertThat(heap().getUsed() - heap).as("heap").isLessThan(ALLOWED);
      assertThat(Pointer.physicalBytes() - heap().getCommitted() - rest)
          .as("memory outside of the heap")
          .isLessThan(ALLOWED_OUTSIDE);
    }
  }

  private static void train(TrainingRun run, int rounds) {
    for (int i = 0; i < rounds; i++) {
      run.train(new Round(i, 0, BATCH, new double[] {0.01}));
    }
  }

  private static long blocks() {
    return SparkEnv.get().blockManager().getMatchingBlockIds(any -> true).size();
  }

  private static MemoryUsage heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }
}
