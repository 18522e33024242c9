package org.lrsweep.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Classifies a test set with a network in some state, each partition in a task of its own. Counts
 * are added in the partitions' order, so results repeat to the bit.
 *
 * <p>Thread-safe.
 */
public final class Evaluator implements Classifier {
  /** Examples classified at once: few, since they need memory as training does. */
  public static final int BATCH = 64;

  /** Keras' clip of a probability before its logarithm is taken. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

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
              examples.map(new EvaluatePart(order)).collect().stream()
                  .reduce(Predictions::plus)
                  .orElseThrow());
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
              replica -> {
                replica.restore(now.state());
                return classify(replica, examples);
              });
    }
  }

  /** Classifies examples with a replica in the state that it is in. */
  static Predictions classify(Replica replica, WorkerExamples examples) {
    Predictions sum = null;
    for (int from = 0; from < examples.size(); from += BATCH) {
      int count = Math.min(BATCH, examples.size() - from);
      DataSet batch = examples.minibatch(0, from, count);
      Predictions part =
          compare(replica.predict(batch.getFeatures()), FlatArrays.rows(batch.getLabels()));
      Minibatches.giveBack(batch);
      sum = sum == null ? part : sum.plus(part);
    }
    return sum;
  }

  private static Predictions compare(float[][] probabilities, float[][] labels) {
    int classes = labels[0].length;
    long[][] confusion = new long[classes][classes];
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      int actual = ArgMax.of(labels[i]);
      confusion[actual][ArgMax.of(probabilities[i])]++;
      loss -= Math.log(Math.max(probabilities[i][actual], SMALLEST_PROBABILITY));
    }
    return new Predictions(confusion, loss);
  }
}
