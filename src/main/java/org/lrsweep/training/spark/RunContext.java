package org.lrsweep.training.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.training.examples.WorkerExamples;

/**
 * What all rounds of a run have in common, on the driver.
 *
 * @param spark where they are trained
 * @param network what is trained
 * @param examples one element a partition, one partition a worker
 * @param seed of dropout
 * @param runningStep takes the steps of running tasks to the driver
 */
record RunContext(
    JavaSparkContext spark,
    NetworkSpec network,
    JavaRDD<WorkerExamples> examples,
    long seed,
    StepAccumulator runningStep) {

  /** How many workers share each batch. */
  int workers() {
    return examples.getNumPartitions();
  }
}
