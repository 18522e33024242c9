package org.lrsweep.experiment.run;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.spark.Slots;

/**
 * How many tasks a cluster runs at the same time. Executors come seconds after the application, so
 * a count waits for them: until there are as many slots as are wanted, or as Spark's properties
 * promise; else until no more have come for a while; and never longer than {@code
 * spark.scheduler.maxRegisteredResourcesWaitingTime}. Thread-safe.
 */
final class RegisteredSlots {
  private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  /** Executors of one application that nobody has promised come within a second or two. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final IntSupplier registered;
  private final int promised;
  private final Time time;
  private final long giveUpAt;
  private int count;
  private long grownAt;

  /** What the time is, and how to let it pass. */
  interface Time {
    long nanos();

    void pause(Duration duration) throws InterruptedException;
  }

  /**
   * @param registered slots of the executors that have come
   * @param promised slots that will come; 0 if that is not known
   * @param patience how long to wait at most, from now on
   */
  RegisteredSlots(IntSupplier registered, int promised, Duration patience, Time time) {
    this.registered = registered;
    this.promised = promised;
    this.time = time;
    grownAt = time.nanos();
    giveUpAt = grownAt + patience.toNanos();
  }

  /** Those of a Spark context; in local mode all are there. */
  static RegisteredSlots of(JavaSparkContext spark) {
    SparkContext context = spark.sc();
    SparkConf conf = spark.getConf();
    Duration patience =
        context.isLocal() ? Duration.ZERO : Duration.ofMillis(conf.getTimeAsMs(PATIENCE, "30s"));
    return new RegisteredSlots(
        () -> whileRunning(context, () -> Slots.registered(spark)),
        promised(conf),
        patience,
        new SystemTime());
  }

  /** 0 where the context has ended, or ends meanwhile. */
  private static int whileRunning(SparkContext context, IntSupplier count) {
    try {
      return context.isStopped() ? 0 : count.getAsInt();
    } catch (RuntimeException e) {
      if (context.isStopped()) {
        return 0;
      }
      throw e;
    }
  }

  private static int promised(SparkConf conf) {
    boolean fixed = !conf.getBoolean("spark.dynamicAllocation.enabled", false);
    int cores = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    return fixed ? conf.getInt("spark.executor.instances", 0) * cores : 0;
  }

  /**
   * The slots there are, {@code >= 1}; more may come later.
   *
   * @param wanted more than so many are of no use, {@code >= 1}
   */
  synchronized int count(int wanted) {
    int enough = promised == 0 ? wanted : Math.min(wanted, promised);
    try {
      while (now() < enough && time.nanos() < giveUpAt && !isQuiet()) {
        time.pause(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Math.max(1, count);
  }

  /** The slots that there are by now, without waiting for more; 0 if there is none. */
  synchronized int present() {
    return now();
  }

  private int now() {
    int found = registered.getAsInt();
    if (found > count) {
      grownAt = time.nanos();
    }
    count = found;
    return count;
  }

  private boolean isQuiet() {
    return promised == 0 && count > 0 && time.nanos() - grownAt >= QUIET.toNanos();
  }

  private static final class SystemTime implements Time {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      Thread.sleep(duration.toMillis());
    }
  }
}
