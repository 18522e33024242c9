package org.lrsweep.training.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Classifier;
import org.lrsweep.training.Predictions;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.worker.ReplicaPool;

/**
 * Classifies a test set with a network in some state, each partition in a task of its own. Counts
 * are added in the partitions' order, so results repeat to the bit.
 *
 * <p>Thread-safe.
 */
public final class Evaluator implements Classifier {
  private final JavaSparkContext spark;
  private final NetworkSpec network;
  private final JavaRDD<WorkerExamples> examples;
  private final boolean persistsExamples;

  /**
   * @param spark where it runs
   * @param network what classifies
   * @param examples the test set, one element a partition; persisted, unless it is already, until
   *     {@link #close}
   */
  public Evaluator(JavaSparkContext spark, NetworkSpec network, JavaRDD<WorkerExamples> examples) {
    this.spark = spark;
    this.network = network.withoutSeed();
    this.examples = examples;
    persistsExamples = examples.getStorageLevel().equals(StorageLevel.NONE());
    if (persistsExamples) {
      examples.persist(StorageLevel.MEMORY_ONLY());
    }
  }

  @Override
  public Predictions evaluate(TrainingState state) {
    Broadcast<Order> order = spark.broadcast(new Order(network, state));
    try {
      return JobTitle.during(
          spark,
          "evaluation after " + state.step() + " steps",
          () ->
              Predictions.sum(
                  examples.filter(part -> part.size() > 0).map(new EvaluatePart(order)).collect()));
    } finally {
      order.destroy();
    }
  }

  /** Frees the executors' copies of the examples. */
  @Override
  public void close() {
    if (persistsExamples) {
      examples.unpersist(false);
    }
  }

  private record Order(NetworkSpec network, TrainingState state) implements Serializable {}

  private record EvaluatePart(Broadcast<Order> order)
      implements Function<WorkerExamples, Predictions> {

    @Override
    public Predictions call(WorkerExamples examples) {
      Order now = order.value();
      return ReplicaPool.ofThisJvm()
          .with(
              now.network(),
              TaskContext.get().cpus(),
              replica -> {
                replica.restore(now.state());
                return replica.classify(examples);
              });
    }
  }
}
