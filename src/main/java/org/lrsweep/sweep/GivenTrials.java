package org.lrsweep.sweep;

import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.DividedExamples;

/** Trials of a user's own network on a user's own examples, which executors hold once for all. */
record GivenTrials(GivenNetwork given, DividedExamples train, DividedExamples test)
    implements TrialNetworks {

  @Override
  public NetworkSpec network(long seed) {
    return given.spec();
  }

  @Override
  public TrainingState initial(long seed) {
    return given.state();
  }

  @Override
  public JavaRDD<WorkerExamples> trainExamples(long seed) {
    return train.training(seed);
  }

  @Override
  public JavaRDD<WorkerExamples> testExamples() {
    JavaRDD<WorkerExamples> shares = test.inOrder();
    if (shares.filter(share -> share.size() > 0).isEmpty()) {
      throw new IllegalArgumentException("The test set must have at least one example, found none");
    }
    return shares;
  }

  @Override
  public void release() {
    train.close();
    test.close();
  }
}
