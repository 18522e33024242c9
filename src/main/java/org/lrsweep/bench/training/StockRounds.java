package org.lrsweep.bench.training;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Rounds of dl4j-spark's parameter averaging. */
final class StockRounds implements MeasuredRounds {
  private final SparkComputationGraph graph;
  private final JavaRDD<DataSet> batches;
  private final CollectionAccumulator<Long> stepNanos;

  /** With the settings that it has by itself, but for the export of batches to files. */
  static StockRounds withoutExport(
      JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
    return new StockRounds(
        spark,
        network,
        workers,
        batch,
        settings -> settings.rddTrainingApproach(RDDTrainingApproach.Direct));
  }

  /** With the settings under which it does least besides training. */
  static StockRounds lean(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
    return new StockRounds(
        spark,
        network,
        workers,
        batch,
        settings ->
            settings
                .repartionData(Repartition.Never)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .storageLevel(null));
  }

  private StockRounds(
      JavaSparkContext spark,
      BenchNetwork network,
      int workers,
      int batch,
      Consumer<ParameterAveragingTrainingMaster.Builder> settings) {
    int share = batch / workers;
    ParameterAveragingTrainingMaster.Builder builder =
        new ParameterAveragingTrainingMaster.Builder(workers, share)
            .batchSizePerWorker(share)
            .averagingFrequency(1);
    settings.accept(builder);
    ParameterAveragingTrainingMaster master = builder.build();
    stepNanos = spark.sc().collectionAccumulator();
    master.addHook(new StepTimer(stepNanos));
    graph = new SparkComputationGraph(spark, network.spec().build(), master);
    List<DataSet> shares =
        IntStream.range(0, workers).mapToObj(w -> RandomBatch.of(network, share, w).all()).toList();
    batches = spark.parallelize(shares, workers).persist(StorageLevel.MEMORY_ONLY());
  }

  @Override
  public long train(double[] learningRates) {
    long slowest = 0;
    for (double learningRate : learningRates) {
      graph.getNetwork().setLearningRate(learningRate);
      graph.fit(batches);
      slowest += stepNanos.value().stream().mapToLong(Long::longValue).max().orElseThrow();
      stepNanos.reset();
    }
    return slowest;
  }

  @Override
  public void close() {
    batches.unpersist(false);
  }

  /** Times a worker's step; a copy of it comes to each task. */
  private static final class StepTimer implements TrainingHook {
    private final CollectionAccumulator<Long> stepNanos;
    private transient long start;

    StepTimer(CollectionAccumulator<Long> stepNanos) {
      this.stepNanos = stepNanos;
    }

    private void start() {
      start = System.nanoTime();
    }

    private void stop() {
      stepNanos.add(System.nanoTime() - start);
    }

    @Override
    public void preUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {
      start();
    }

    @Override
    public void postUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {
      stop();
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {
      start();
    }

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
      stop();
    }
  }
}
