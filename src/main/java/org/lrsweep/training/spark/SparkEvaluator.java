package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.worker.ReplicaPool;

/**
 * Classifies a test set with a network in some state, each partition in a task of its own. Counts
 * are added in the partitions' spec, so results repeat to the bit.
 *
 * <p>Thread-safe.
 */
public final class SparkEvaluator implements Evaluator {
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
  public SparkEvaluator(
      JavaSparkContext spark, NetworkSpec network, JavaRDD<WorkerExamples> examples) {
    this.spark = spark;
    this.network = network.withoutSeed();
    this.examples = examples;
    persistsExamples = examples.getStorageLevel().equals(StorageLevel.NONE());
    if (persistsExamples) {
      examples.persist(StorageLevel.MEMORY_ONLY());
    }
  }

  @Override
  public Evaluation evaluate(TrainingState state) {
    return evaluate(List.of(state), "evaluation after " + state.step() + " steps");
  }

  @Override
  public Evaluation evaluateEnsemble(List<TrainingState> states) {
    return evaluate(states, "evaluation of an ensemble of " + states.size());
  }

  private Evaluation evaluate(List<TrainingState> states, String title) {
    Broadcast<EvaluationSpec> spec = spark.broadcast(new EvaluationSpec(network, states));
    try {
      return JobTitle.during(
          spark,
          title,
          () ->
              Evaluation.sum(
                  examples.filter(part -> part.size() > 0).map(new EvaluatePart(spec)).collect()));
    } finally {
      spec.destroy();
    }
  }

  /** Frees the executors' copies of the examples. */
  @Override
  public void close() {
    if (persistsExamples) {
      examples.unpersist(false);
    }
  }

  @DefaultSerializer(JavaSerializer.class)
  private record EvaluationSpec(NetworkSpec network, List<TrainingState> states)
      implements Serializable {

    EvaluationSpec {
      states = List.copyOf(states);
    }
  }

  private record EvaluatePart(Broadcast<EvaluationSpec> spec)
      implements Function<WorkerExamples, Evaluation> {

    @Override
    public Evaluation call(WorkerExamples examples) {
      EvaluationSpec here = spec.value();
      return ReplicaPool.ofThisJvm()
          .with(
              here.network(),
              TaskContext.get().cpus(),
              replica -> replica.classifyWithMean(examples, here.states()));
    }
  }
}
