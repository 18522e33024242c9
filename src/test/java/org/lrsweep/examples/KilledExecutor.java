package org.lrsweep.examples;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.lrsweep.data.Augmentation;
import org.lrsweep.training.WorkerExamples;

/**
 * A driver with two executors, processes of their own: trains on shares, kills an executor, and
 * goes on. Prints what {@link ExecutorsSharesTest} reads.
 */
final class KilledExecutor {
  private static final int WORKERS = 2;
  private static final int EPOCHS = 6;

  private KilledExecutor() {}

  /**
   * Trains, kills and goes on.
   *
   * @param arguments {@code data.storage}
   */
  public static void main(String[] arguments) throws Exception {
    SparkConf conf =
        new SparkConf()
            .setAppName("shares")
            .setMaster("local-cluster[2,1,600]")
            .set("spark.executor.memory", "600m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .set("spark.locality.wait", "0")
            .set("spark.scheduler.minRegisteredResourcesRatio", "1")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
      PartitionedData data =
          PartitionedData.read(
              spark,
              Tables.request(
                  Tables.decoded(session, Tables.rows(200, 5, 3)),
                  0.1,
                  0,
                  Scaling.Kind.NONE,
                  arguments[0],
                  42));
      JavaRDD<WorkerExamples> training = data.training(WORKERS, Augmentation.none(), 1);
      List<List<String>> first = Tables.epoch(training, 1);
      for (int i = 1; i < EPOCHS; i++) {
        // Another trial has an RDD of its own and the same shares.
        Tables.epoch(data.training(WORKERS, Augmentation.none(), i), 0);
        Thread.sleep(50); // the driver hears of tasks' ends a moment later
      }
      System.out.println("MADE " + new TreeSet<>(data.made()) + " of " + data.made().size());
      List<Long> pids = pids(training);
      System.out.println("EXECUTORS " + pids.stream().distinct().count());
      ProcessHandle victim = ProcessHandle.of(pids.get(0)).orElseThrow();
      victim.destroyForcibly();
      victim.onExit().get();
      boolean same = Tables.epoch(training, 1).equals(first);
      System.out.println("SAME " + same + " AFTER " + data.made().size());
      data.close();
    }
  }

  private static List<Long> pids(JavaRDD<WorkerExamples> training) {
    return training
        .map(
            examples ->
                Optional.ofNullable(TaskContext.get())
                    .map(task -> ProcessHandle.current().pid())
                    .orElseThrow())
        .collect();
  }
}
