package org.lrsweep.sweep;

import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.WorkerExamples;

/** What trials train and on what; all of it follows from a trial's seed. Thread-safe. */
public interface TrialNetworks {

  /** The network, whose random parameters a trial starts from. */
  NetworkSpec network(long seed);

  /** The training set, one element a partition and one partition a worker. */
  JavaRDD<WorkerExamples> trainExamples(long seed);

  /** The test set, one element a partition. */
  JavaRDD<WorkerExamples> testExamples();
}
