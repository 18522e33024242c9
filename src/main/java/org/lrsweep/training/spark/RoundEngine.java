package org.lrsweep.training.spark;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Engine;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.worker.FlatState;

/**
 * Trains a network round by round on Spark: each worker trains the next steps on its own examples,
 * and all go on from the mean of what they have come to. The finder and the trials are both driven
 * by it.
 *
 * <p>A round is a pure function of its state, its learning rates and the seed: a task that Spark
 * repeats, on whichever executor, returns the same bits.
 *
 * <p>Thread-safe: several runs, of one engine or of several, share a Spark context.
 */
public final class RoundEngine implements Engine {
  private final JavaSparkContext spark;
  private final NetworkSpec network;
  private final JavaRDD<WorkerExamples> examples;
  private final boolean persistsExamples;
  private final long seed;
  private final StintPace pace;
  private final StepAccumulator runningStep = new StepAccumulator();
  private final List<Heartbeats> heartbeats = new CopyOnWriteArrayList<>();

  /**
   * @param spark where the rounds run
   * @param network what is trained
   * @param examples one element a partition, one partition a worker; persisted, unless it is
   *     already, until {@link #close}
   * @param seed the seed of dropout
   * @throws IllegalArgumentException if the context's serializer is Kryo, which can't write records
   */
  public RoundEngine(
      JavaSparkContext spark, NetworkSpec network, JavaRDD<WorkerExamples> examples, long seed) {
    this(spark, network, examples, seed, new StintPace());
  }

  /**
   * The same, with stints as long as other runs have found to be right.
   *
   * @param pace shared with runs of like networks, batches and workers; all learn from all
   */
  public RoundEngine(
      JavaSparkContext spark,
      NetworkSpec network,
      JavaRDD<WorkerExamples> examples,
      long seed,
      StintPace pace) {
    requireJavaSerializer(spark);
    this.spark = spark;
    this.network = network.withoutSeed();
    this.examples = examples;
    persistsExamples = examples.getStorageLevel().equals(StorageLevel.NONE());
    if (persistsExamples) {
      examples.persist(StorageLevel.MEMORY_ONLY());
    }
    this.seed = seed;
    this.pace = pace;
    spark.sc().register(runningStep, "running step");
  }

  private static void requireJavaSerializer(JavaSparkContext spark) {
    String serializer = spark.getConf().get("spark.serializer", "");
    if (serializer.endsWith("KryoSerializer")) {
      throw new IllegalArgumentException(
          "Rounds need Spark's Java serializer; leave spark.serializer unset, found " + serializer);
    }
  }

  /**
   * Has a listener hear how far the workers have got while a round runs, until {@link #close}. It
   * hears of one step with each heartbeat of an executor ({@code
   * spark.executor.heartbeatInterval}), on a thread of Spark's that must not be held up. For
   * display: steps may come late, repeat when Spark repeats a task, or not come at all.
   */
  public void onRunningStep(Consumer<RunningStep> listener) {
    Heartbeats heard = new Heartbeats(runningStep.id(), listener);
    heartbeats.add(heard);
    spark.sc().addSparkListener(heard);
  }

  /** How many workers share each batch. */
  @Override
  public int workers() {
    return examples.getNumPartitions();
  }

  /**
   * Begins to train from a state, which stays what it is.
   *
   * @throws IllegalArgumentException if the state has more than 2 GB
   */
  @Override
  public TrainingRun start(TrainingState initial) {
    RoundJobs jobs =
        new RoundJobs(spark, network, examples, seed, FlatState.bytes(initial), runningStep);
    return new TrainingRun(jobs, initial, pace);
  }

  /** Frees the executors' copies of the examples. */
  @Override
  public void close() {
    heartbeats.forEach(heard -> spark.sc().removeSparkListener(heard));
    if (persistsExamples) {
      examples.unpersist(false);
    }
  }
}
