package org.lrsweep.training.spark;

import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Jobs of Spark's that several driver threads submit, each into a pool of its own of the fair
 * scheduler, and that are cancelled together. Thread-safe.
 */
public final class JobGroup {
  private final JavaSparkContext spark;
  private final String id = "lrsweep-" + UUID.randomUUID();

  public JobGroup(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Has the calling thread's jobs belong to the group from now on.
   *
   * @param pool of the fair scheduler
   * @param description what Spark's UI calls them
   */
  public void join(String pool, String description) {
    spark.setJobGroup(id, description);
    spark.setLocalProperty("spark.scheduler.pool", pool);
  }

  /** Cancels those of its jobs that are at work or wait. */
  public void cancel() {
    if (!spark.sc().isStopped()) {
      spark.cancelJobGroup(id);
    }
  }
}
