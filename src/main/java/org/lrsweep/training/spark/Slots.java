package org.lrsweep.training.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Room for tasks. Spark publishes how many executors there are, but not how many cores they have:
 * that follows from its properties, or else from its default parallelism.
 */
public final class Slots {
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,.*)?])?");

  private Slots() {}

  /** How many tasks the executors that are there by now run at the same time, at least 1. */
  public static int of(JavaSparkContext spark) {
    return Math.max(1, registered(spark));
  }

  /** The same; 0 if no executor has come that runs one. */
  public static int registered(JavaSparkContext spark) {
    // The driver is among them.
    int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
    return registered(spark.getConf(), executors, spark.defaultParallelism());
  }

  static int registered(SparkConf conf, int executors, int defaultParallelism) {
    int coresOfTask = conf.getInt("spark.task.cpus", 1);
    Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
    // It is the number of cores, unless it is set.
    boolean counts = !conf.contains("spark.default.parallelism");
    if (local.matches()) {
      return (counts ? defaultParallelism : localCores(local)) / coresOfTask;
    }
    if (executors == 0) {
      return 0;
    }
    boolean takesAllCores = conf.get("spark.master", "").startsWith("spark://");
    if (takesAllCores && counts && !conf.contains(EXECUTOR_CORES)) {
      return defaultParallelism / coresOfTask;
    }
    return executors * (conf.getInt(EXECUTOR_CORES, 1) / coresOfTask);
  }

  private static int localCores(Matcher local) {
    String threads = local.group(1) == null ? "1" : local.group(1);
    return threads.equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }
}
