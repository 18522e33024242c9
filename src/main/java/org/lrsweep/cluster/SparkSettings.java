package org.lrsweep.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;

/** Spark's properties for a run. Whatever the user has set stays, but for the serializer. */
public final class SparkSettings {
  private static final String NAME = "spark.app.name";
  private static final String CORES = "spark.executor.cores";

  /** Whose classes spark-submit calls an application by that has no {@code --name}. */
  private static final String OUR_CLASSES = "org.lrsweep.";

  private SparkSettings() {}

  /**
   * Completes Spark's properties.
   *
   * @param given what the user has set
   * @param name what Spark's pages call the application, unless the user has named it
   */
  public static SparkConf of(SparkConf given, String name) {
    return given
        .clone()
        .set(NAME, isNamed(given) ? given.get(NAME) : name)
        // Kryo would write LRSweep's classes by Java's serializer too, and only take longer.
        .set("spark.serializer", JavaSerializer.class.getName())
        // Heartbeats tell how far running tasks have got.
        .setIfMissing("spark.executor.heartbeatInterval", "2s")
        // Trials take turns on the slots.
        .setIfMissing("spark.scheduler.mode", "FAIR")
        // Examples are an executor's own copy of a broadcast, so no task gains by waiting.
        .setIfMissing("spark.locality.wait", "0")
        // For libraries' threads when they load; each task then sets those that it trains on.
        // Spark does it for standalone clusters by itself, not for YARN.
        .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", given.get("spark.task.cpus", "1"))
        // The JDK copies a chunk anew for each part of it that a socket takes; Spark's have 64 MB.
        .setIfMissing("spark.buffer.write.chunkSize", "512k")
        // Parameters don't compress.
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false");
  }

  /**
   * Completes Spark's properties, those of memory too.
   *
   * @param given what the user has set
   * @param name what Spark's pages call the application, unless the user has named it
   * @param workload what the run asks of memory
   * @throws InsufficientMemoryException if executors or driver can't have it
   */
  public static SparkConf of(SparkConf given, String name, Workload workload) {
    SparkConf conf = of(given, name);
    new MemoryCheck(workload, DriverMemory.ofThisJvm()).fit(conf);
    return conf;
  }

  /**
   * Makes sure of the memory of a context that runs already, and so takes no settings any more.
   *
   * @param running the context's properties
   * @param workload what the run asks of memory
   * @throws InsufficientMemoryException if executors or driver don't have it
   */
  public static void requireMemory(SparkConf running, Workload workload) {
    // Spark's default, which is what such a context's containers have.
    SparkConf conf = running.clone().setIfMissing("spark.executor.memoryOverheadFactor", "0.1");
    new MemoryCheck(workload, DriverMemory.ofThisJvm()).fit(conf);
  }

  /** Whether Spark decides on the cores of executors: all of a worker, on a standalone cluster. */
  public static boolean leavesCoresOpen(SparkConf conf) {
    return conf.get("spark.master", "").startsWith("spark:") && !conf.contains(CORES);
  }

  /**
   * Makes sure of the executors' heap, where their slots are known only when they have come.
   *
   * @param slots of the largest executor, {@code >= 1}
   * @throws InsufficientMemoryException if their heap can't do
   */
  public static void requireExecutorHeap(SparkConf conf, Workload workload, int slots) {
    new MemoryCheck(workload, DriverMemory.ofThisJvm()).requireExecutorHeap(conf, slots);
  }

  /**
   * Makes sure of the driver's heap for the plain transport.
   *
   * @throws InsufficientMemoryException if it can't hold the states of all workers
   */
  public static void requireDriverHeapForPlain(SparkConf conf, Workload workload) {
    new MemoryCheck(workload, DriverMemory.ofThisJvm()).requirePlainDriverHeap(conf);
  }

  private static boolean isNamed(SparkConf given) {
    return given.contains(NAME) && !given.get(NAME).startsWith(OUR_CLASSES);
  }
}
