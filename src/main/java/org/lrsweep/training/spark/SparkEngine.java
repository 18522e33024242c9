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
import org.lrsweep.training.examples.WorkerExamples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class SparkEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);

  private final Opening opening;
  private final RunContext run;
  private final boolean persistsExamples;
  private final RoundPace pace;
  private final List<Heartbeats> heartbeats = new CopyOnWriteArrayList<>();

  /**
   * @param spark where the rounds run
   * @param network what is trained
   * @param examples one element a partition, one partition a worker; persisted, unless it is
   *     already, until {@link #close}
   * @param seed the seed of dropout
   * @throws IllegalArgumentException if the context's Kryo takes registered classes alone, or
   *     {@link Transport#PROPERTY} names no way to train
   */
  public SparkEngine(
      JavaSparkContext spark, NetworkSpec network, JavaRDD<WorkerExamples> examples, long seed) {
    this(spark, network, examples, seed, new RoundPace());
  }

  /**
   * The same, with jobs as long as other runs have found to be right.
   *
   * @param pace shared with runs of like networks, batches and workers; all learn from all
   */
  public SparkEngine(
      JavaSparkContext spark,
      NetworkSpec network,
      JavaRDD<WorkerExamples> examples,
      long seed,
      RoundPace pace) {
    this(spark, network, examples, seed, pace, TransportChoice.of(spark, LOG::warn)::open);
  }

  /** Begins a run by some transport. */
  interface Opening {
    RoundTransport open(RunContext run, TrainingState initial, RoundPace pace);
  }

  SparkEngine(
      JavaSparkContext spark,
      NetworkSpec network,
      JavaRDD<WorkerExamples> examples,
      long seed,
      RoundPace pace,
      Opening opening) {
    ContextSerializer.require(spark.getConf());
    this.opening = opening;
    run = new RunContext(spark, network.withoutSeed(), examples, seed, new StepAccumulator());
    persistsExamples = examples.getStorageLevel().equals(StorageLevel.NONE());
    if (persistsExamples) {
      examples.persist(StorageLevel.MEMORY_ONLY());
    }
    this.pace = pace;
    spark.sc().register(run.runningStep(), "running step");
  }

  /**
   * Has a listener hear how far the workers have got while a round runs, until {@link #close}. It
   * hears of one step with each heartbeat of an executor ({@code
   * spark.executor.heartbeatInterval}), on a thread of Spark's that must not be held up. For
   * display: steps may come late, repeat when Spark repeats a task, or not come at all.
   */
  public void onRunningStep(Consumer<RunningStep> listener) {
    Heartbeats heard = new Heartbeats(run.runningStep().id(), listener);
    heartbeats.add(heard);
    run.spark().sc().addSparkListener(heard);
  }

  /** How many workers share each batch. */
  @Override
  public int workers() {
    return run.workers();
  }

  /**
   * Begins to train from a state, which stays what it is.
   *
   * @throws IllegalArgumentException if the state has more than 2 GB, in the fast way of {@link
   *     Transport}
   */
  @Override
  public TrainingRun start(TrainingState initial) {
    return new TrainingRun(opening.open(run, initial, pace), run.workers());
  }

  /** Frees the executors' copies of the examples. */
  @Override
  public void close() {
    heartbeats.forEach(heard -> run.spark().sc().removeSparkListener(heard));
    if (persistsExamples) {
      run.examples().unpersist(false);
    }
  }
}
