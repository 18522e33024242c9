package org.lrsweep.training;

/** Classifies a test set in this JVM, without Spark. Not thread-safe. */
public final class LocalClassifier implements Classifier {
  private final Replica replica;
  private final WorkerExamples examples;

  /**
   * @param network what classifies
   * @param examples the whole test set
   */
  public LocalClassifier(NetworkSpec network, WorkerExamples examples) {
    replica = new Replica(network);
    this.examples = examples;
  }

  @Override
  public Predictions evaluate(TrainingState state) {
    replica.restore(state);
    return Evaluator.classify(replica, examples);
  }

  @Override
  public void close() {}
}
