package org.lrsweep.cli;

import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.cluster.InsufficientMemoryException;
import org.lrsweep.cluster.SparkSettings;
import org.lrsweep.cluster.Workload;
import org.lrsweep.training.NetworkSize;
import org.lrsweep.training.bench.BenchNetwork;

/** Spark as a run has it, for the modes of {@code lrsweep bench} that measure on it. */
final class BenchSpark {
  private BenchSpark() {}

  /**
   * Starts Spark, or connects to it.
   *
   * @param networks what is measured, one after the other
   * @param examplesPerTask the most that a task has in a network at once
   * @param tasks the most that are at work at the same time
   * @throws RefusedException if executors or driver can't have the memory for it
   */
  static JavaSparkContext start(List<BenchNetwork> networks, int examplesPerTask, int tasks) {
    Workload workload =
        new Workload(
            largest(networks, NetworkSize::parameters),
            largest(networks, NetworkSize::activations),
            examplesPerTask,
            0,
            tasks);
    try {
      return new JavaSparkContext(SparkSettings.of(new SparkConf(), "lrsweep bench", workload));
    } catch (InsufficientMemoryException e) {
      throw new RefusedException("memory: " + e.getMessage(), e);
    }
  }

  private static long largest(List<BenchNetwork> networks, ToLongFunction<NetworkSize> part) {
    return networks.stream().map(BenchNetwork::size).mapToLong(part).max().orElse(0);
  }
}
