package org.lrsweep.training;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a network round by round on Spark. In a round the driver broadcasts the state and the
 * learning rates of the next steps, each worker trains them on its own examples, and the workers'
 * states come back to be averaged. The finder and the trials are both driven by it.
 *
 * <p>A round is a pure function of its state, its learning rates and the seed: a task that Spark
 * repeats, on whichever executor, returns the same bits.
 *
 * <p>Thread-safe: several runs, each with an engine of its own, share a Spark context.
 */
public final class RoundEngine implements Engine {
  private final JavaSparkContext spark;
  private final NetworkSpec network;
  private final JavaRDD<WorkerExamples> examples;
  private final boolean persistsExamples;
  private final long seed;
  private final StepAccumulator runningStep = new StepAccumulator();
  private final List<Heartbeats> heartbeats = new CopyOnWriteArrayList<>();

  /**
   * @param spark where the rounds run
   * @param network what is trained
   * @param examples one element a partition, one partition a worker; persisted, unless it is
   *     already, until {@link #close}
   * @param seed the seed of dropout
   */
  public RoundEngine(
      JavaSparkContext spark, NetworkSpec network, JavaRDD<WorkerExamples> examples, long seed) {
    this.spark = spark;
    this.network = network;
    this.examples = examples;
    persistsExamples = examples.getStorageLevel().equals(StorageLevel.NONE());
    if (persistsExamples) {
      examples.persist(StorageLevel.MEMORY_ONLY());
    }
    this.seed = seed;
    spark.sc().register(runningStep, "running step");
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

  /** Begins to train from a state, which stays what it is. */
  @Override
  public TrainingRun start(TrainingState initial) {
    return new TrainingRun(this, initial);
  }

  Averaging.Outcome train(TrainingState state, Round round) {
    if (round.batchSize() % workers() != 0) {
      throw new IllegalArgumentException(
          "A batch of "
              + round.batchSize()
              + " examples can't be shared evenly between "
              + workers()
              + " workers");
    }
    Broadcast<Order> order = spark.broadcast(new Order(network, state, round, seed, workers()));
    try {
      List<WorkerResult> results =
          examples.mapPartitionsWithIndex(new TrainWorker(order, runningStep), true).collect();
      return Averaging.average(results, round);
    } finally {
      order.destroy();
    }
  }

  /** Frees the executors' copies of the examples. */
  @Override
  public void close() {
    heartbeats.forEach(heard -> spark.sc().removeSparkListener(heard));
    if (persistsExamples) {
      examples.unpersist(false);
    }
  }

  /** What the driver broadcasts for a round. */
  private record Order(
      NetworkSpec network, TrainingState state, Round round, long seed, int workers)
      implements java.io.Serializable {}

  private record TrainWorker(Broadcast<Order> order, StepAccumulator runningStep)
      implements Function2<Integer, Iterator<WorkerExamples>, Iterator<WorkerResult>> {

    @Override
    public Iterator<WorkerResult> call(Integer worker, Iterator<WorkerExamples> partition) {
      Order now = order.value();
      WorkerExamples examples = partition.next();
      WorkerPosition position = new WorkerPosition(worker, now.workers(), now.seed());
      WorkerResult result =
          ReplicaPool.ofThisJvm()
              .with(
                  now.network(),
                  replica ->
                      replica.train(
                          now.state(), now.round(), examples, position, runningStep::add));
      return List.of(result).iterator();
    }
  }
}
