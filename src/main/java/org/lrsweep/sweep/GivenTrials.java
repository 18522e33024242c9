package org.lrsweep.sweep;

import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.spark.DataSetShares;
import org.nd4j.linalg.dataset.DataSet;

/** Trials of a user's own network on a user's own examples. */
record GivenTrials(GivenNetwork given, JavaRDD<DataSet> train, JavaRDD<DataSet> test, int workers)
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
    return DataSetShares.training(train, workers, seed);
  }

  @Override
  public JavaRDD<WorkerExamples> testExamples() {
    return DataSetShares.test(test, workers);
  }
}
