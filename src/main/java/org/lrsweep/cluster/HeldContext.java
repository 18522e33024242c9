package org.lrsweep.cluster;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark context that a run works on: the caller's, the one that this JVM has, or one that is
 * started for it. A JVM can't have two, so runs that begin meanwhile share one that LRSweep has
 * started, and the last of them to end stops it. Somebody else's is never stopped. Thread-safe.
 */
public final class HeldContext implements AutoCloseable {
  private static final String MARK = "spark.lrsweep.started";

  /** What LRSweep has started last, and how many work on it; guarded by the class. */
  private static SparkContext started;

  private static int holders;

  private final JavaSparkContext spark;
  private final boolean isNew;
  private boolean isHeld;

  private HeldContext(JavaSparkContext spark, boolean isNew, boolean isHeld) {
    this.spark = spark;
    this.isNew = isNew;
    this.isHeld = isHeld;
  }

  /**
   * Takes a context, or starts one.
   *
   * @param given the caller's; empty to take the one that is there, or start one
   * @param settings of a new one; not asked for if there is one
   */
  public static HeldContext of(Optional<JavaSparkContext> given, Supplier<SparkConf> settings) {
    synchronized (HeldContext.class) {
      Optional<JavaSparkContext> there = given.or(PresentContext::find);
      if (there.isPresent()) {
        return taken(there.get());
      }
      String mark = UUID.randomUUID().toString();
      SparkContext context = SparkContext.getOrCreate(settings.get().clone().set(MARK, mark));
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
      if (!context.getConf().get(MARK, "").equals(mark)) {
        return taken(spark); // another thread has just started it
      }
      started = context;
      holders = 1;
      return new HeldContext(spark, true, true);
    }
  }

  private static HeldContext taken(JavaSparkContext spark) {
    boolean isShared = spark.sc() == started;
    if (isShared) {
      holders++;
    }
    return new HeldContext(spark, false, isShared);
  }

  /** The context. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** Whether it was started for this run, with its settings. */
  public boolean isNew() {
    return isNew;
  }

  /** Stops a context of LRSweep's own, unless another run works on it; may be called again. */
  @Override
  public void close() {
    synchronized (HeldContext.class) {
      if (isHeld && spark.sc() == started) {
        holders--;
        if (holders == 0) {
          started = null;
          spark.stop();
        }
      }
      isHeld = false;
    }
  }
}
