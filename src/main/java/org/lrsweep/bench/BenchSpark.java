package org.lrsweep.bench;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.bench.training.BenchNetwork;
import org.lrsweep.cluster.InsufficientMemoryException;
import org.lrsweep.cluster.PresentContext;
import org.lrsweep.cluster.SparkSettings;
import org.lrsweep.cluster.Workload;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.network.NetworkSize;

/** Spark as a run has it, for the modes of {@code lrsweep bench} that measure on it. */
final class BenchSpark {
  private BenchSpark() {}

  /**
   * What is at work at the same time, if there are slots for it.
   *
   * @param count how many tasks, {@code >= 1}
   * @param examples that each has in a network at once, {@code >= 1}
   */
  record Tasks(int count, int examples) {}

  /**
   * Starts Spark, or connects to it. A context that is there has settings of its own, under which
   * other things would be measured.
   *
   * @param networks what is measured, one after the other
   * @param measured with what tasks each is
   * @throws RefusedException if executors or driver can't have the memory for it, or this JVM has a
   *     context
   */
  static JavaSparkContext start(List<BenchNetwork> networks, List<Tasks> measured) {
    if (PresentContext.isThere()) {
      throw new RefusedException(
          "bench measures on a Spark context of its own, and this process has one already; run it"
              + " by spark-submit or a script of submit/");
    }
    long parameters = largest(networks, NetworkSize::parameters);
    long activations = largest(networks, NetworkSize::activations);
    return new JavaSparkContext(
        measured.stream()
            .map(tasks -> new Workload(parameters, activations, tasks.examples(), 0, tasks.count()))
            .map(BenchSpark::settings)
            .max(comparing(conf -> conf.getSizeAsMb("spark.executor.memoryOverhead", "0")))
            .orElseThrow());
  }

  private static SparkConf settings(Workload workload) {
    try {
      return SparkSettings.of(new SparkConf(), "lrsweep bench", workload);
    } catch (InsufficientMemoryException e) {
      throw new RefusedException("memory: " + e.getMessage(), e);
    }
  }

  private static long largest(List<BenchNetwork> networks, ToLongFunction<NetworkSize> part) {
    return networks.stream().map(BenchNetwork::size).mapToLong(part).max().orElse(0);
  }
}
