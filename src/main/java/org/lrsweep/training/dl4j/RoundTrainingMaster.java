package org.lrsweep.training.dl4j;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.LayersAsGraph;
import org.lrsweep.schedule.Schedule;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The round engine in place of dl4j-spark's {@code ParameterAveragingTrainingMaster}: parameter
 * averaging that gives the same bits each time, whose schedules and optimizers count on from round
 * to round and from epoch to epoch, and that may have another learning rate in each step.
 *
 * <p>Example i of the RDD goes to worker {@code i mod workers}, whatever data sets they come in,
 * and each worker trains its own in their order, in batches of its own. An RDD that is to be
 * trained in another order is to be shuffled before.
 *
 * <p>Networks need one input and one output; paths of files, training statistics and training hooks
 * are refused. Listeners of the Spark network hear of each round, on the driver.
 *
 * <p>Not thread-safe.
 */
public final class RoundTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final int workers;
  private final int batchSizePerWorker;
  private final int averagingFrequency;
  private final long seed;
  private final Optional<Schedule> schedule;
  private final Precision precision;
  private List<TrainingListener> listeners = List.of();

  /**
   * A master under which a network trains at the learning rates of its own configuration.
   *
   * @param workers tasks that share each batch, {@code >= 1}
   * @param batchSizePerWorker examples that a worker trains in a step, {@code >= 1}
   * @param averagingFrequency steps between two averagings, {@code >= 1}
   * @param seed of dropout
   * @throws IllegalArgumentException if a number is below its range
   */
  public RoundTrainingMaster(
      int workers, int batchSizePerWorker, int averagingFrequency, long seed) {
    this(workers, batchSizePerWorker, averagingFrequency, seed, Optional.empty(), Precision.FLOAT);
  }

  private RoundTrainingMaster(
      int workers,
      int batchSizePerWorker,
      int averagingFrequency,
      long seed,
      Optional<Schedule> schedule,
      Precision precision) {
    if (workers < 1 || batchSizePerWorker < 1 || averagingFrequency < 1) {
      throw new IllegalArgumentException(
          "workers, batchSizePerWorker and averagingFrequency must be >= 1, found "
              + workers
              + ", "
              + batchSizePerWorker
              + " and "
              + averagingFrequency);
    }
    this.workers = workers;
    this.batchSizePerWorker = batchSizePerWorker;
    this.averagingFrequency = averagingFrequency;
    this.seed = seed;
    this.schedule = schedule;
    this.precision = precision;
  }

  /**
   * The same master, under which step n of a network, its whole life counted, has a given rate.
   * Layers with constant rates of their own are trained in proportion, as {@link
   * org.lrsweep.network.RelativeRates} says.
   */
  public RoundTrainingMaster withLearningRates(Schedule rates) {
    return new RoundTrainingMaster(
        workers, batchSizePerWorker, averagingFrequency, seed, Optional.of(rates), precision);
  }

  /**
   * The same master, whose workers' accelerated layers hand each other a precision; without this it
   * is float. Parameters and updater state stay float.
   *
   * @param other every worker's CPU must have {@linkplain Precision#isSupported kernels} of it, or
   *     its tasks fail
   */
  public RoundTrainingMaster withPrecision(Precision other) {
    return new RoundTrainingMaster(
        workers, batchSizePerWorker, averagingFrequency, seed, schedule, other);
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    ComputationGraph network = graph.getNetwork();
    fit(graph.getSparkContext(), network, data, trained -> {}).ifPresent(graph::setScore);
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer layers, JavaRDD<DataSet> data) {
    MultiLayerNetwork network = layers.getNetwork();
    fit(
            layers.getSparkContext(),
            LayersAsGraph.of(network),
            data,
            trained -> LayersAsGraph.copy(trained, network))
        .ifPresent(layers::setScore);
  }

  private Optional<Double> fit(
      JavaSparkContext spark,
      ComputationGraph network,
      JavaRDD<DataSet> data,
      Consumer<ComputationGraph> afterTraining) {
    Optional<Double> score =
        new EpochOfRounds(
                workers, batchSizePerWorker, averagingFrequency, seed, schedule, precision)
            .train(spark, network, data, listeners, afterTraining);
    afterTraining.accept(network);
    return score;
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    executeTraining(graph, data.map(RoundTrainingMaster::single));
  }

  private static DataSet single(MultiDataSet data) {
    if (data.numFeatureArrays() != 1 || data.numLabelsArrays() != 1 || data.hasMaskArrays()) {
      throw new IllegalArgumentException(
          "A multi data set needs one features array, one labels array and no mask, found "
              + data.numFeatureArrays()
              + " and "
              + data.numLabelsArrays());
    }
    return new DataSet(data.getFeatures(0), data.getLabels(0));
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer layers,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    throw refused("Paths of files", "Load them in an RDD of data sets, and fit that");
  }

  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    if (router != null) {
      throw refused("A statistics router", "Give listeners alone");
    }
    setListeners(listeners);
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw refused("A training hook", "Set a listener on the Spark network");
  }

  /** Does nothing: there are no hooks. */
  @Override
  public void removeHook(TrainingHook hook) {}

  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw refused("Collecting training statistics", "See Spark's own UI");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  @Override
  public SparkTrainingStats getTrainingStats() {
    throw refused("Training statistics", "See Spark's own UI");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer layers) {
    throw refused("A worker of dl4j-spark", "Rounds have workers of their own");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw refused("A worker of dl4j-spark", "Rounds have workers of their own");
  }

  private static UnsupportedOperationException refused(String what, String mend) {
    return new UnsupportedOperationException(
        what + " can't be had with a RoundTrainingMaster. " + mend);
  }

  @Override
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"workers\":%d,\"batchSizePerWorker\":%d,\"averagingFrequency\":%d,\"seed\":%d}",
        workers,
        batchSizePerWorker,
        averagingFrequency,
        seed);
  }

  /** The JSON, which is YAML too. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /** True: there are no temporary files. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext spark) {
    return true;
  }

  /** True: there are no temporary files. */
  @Override
  public boolean deleteTempFiles(SparkContext spark) {
    return true;
  }
}
