package org.lrsweep.training.worker;

import java.util.List;
import org.lrsweep.network.KeptRandom;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;
import org.lrsweep.training.examples.WorkerExamples;

/** A classifier in this JVM, without Spark. Not thread-safe. */
public final class LocalEvaluator implements Evaluator {
  private final NetworkSpec network;
  private final WorkerExamples examples;

  /**
   * @param network what classifies
   * @param examples the whole test set
   */
  public LocalEvaluator(NetworkSpec network, WorkerExamples examples) {
    this.network = network.withoutSeed();
    this.examples = examples;
  }

  @Override
  public Evaluation evaluate(TrainingState state) {
    return KeptRandom.during(
        () ->
            ReplicaPool.ofThisJvm()
                .onThreadsAsSet(
                    network,
                    replica -> {
                      replica.restore(state);
                      return replica.classify(examples);
                    }));
  }

  @Override
  public Evaluation evaluateEnsemble(List<TrainingState> states) {
    return KeptRandom.during(
        () ->
            ReplicaPool.ofThisJvm()
                .onThreadsAsSet(network, replica -> replica.classifyWithMean(examples, states)));
  }

  @Override
  public void close() {}
}
