package org.lrsweep.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.cluster.FixedSettings;
import org.lrsweep.cluster.HeldContext;
import org.lrsweep.cluster.InsufficientMemoryException;
import org.lrsweep.cluster.SparkSettings;
import org.lrsweep.cluster.Workload;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.training.spark.ContextSerializer;
import org.lrsweep.training.spark.Transport;

/**
 * A run's Spark context, and whether its memory suffices: the caller's, the one that this JVM has
 * already, or its own.
 */
final class RunSpark implements AutoCloseable {
  private final HeldContext held;
  private final JavaSparkContext context;
  private final Workload workload;
  private final RegisteredSlots slots;

  /**
   * Starts Spark, unless the caller gives one or there is one.
   *
   * @param given the caller's, which stays; empty if there is none to be given
   * @throws RefusedException if its properties are wrong, or its memory can't suffice
   */
  RunSpark(Optional<JavaSparkContext> given, String runId, Workload workload) {
    this.workload = workload;
    held =
        takenOrStarted(
            given,
            () -> {
              SparkConf conf = new SparkConf();
              RefusedException.unlessValid(() -> Transport.of(conf));
              return fitting(() -> SparkSettings.of(conf, "lrsweep " + runId, workload));
            });
    context = held.spark();
    try {
      requireUsable();
      slots = RegisteredSlots.of(context);
      refuseTooLittleMemory();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** A context that is there already has to do as it is. */
  private void requireUsable() {
    RefusedException.unlessValid(
        () -> {
          ContextSerializer.require(context.getConf());
          return Transport.of(context.getConf());
        });
    if (!held.isNew()) {
      requireFit(() -> SparkSettings.requireMemory(context.getConf(), workload));
    }
  }

  private static <T> T fitting(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (InsufficientMemoryException e) {
      throw new RefusedException("memory: " + e.getMessage(), e);
    }
  }

  private static void requireFit(Runnable check) {
    fitting(
        () -> {
          check.run();
          return true;
        });
  }

  /**
   * The caller's context, else the one that is there, else a new one.
   *
   * @param settings of a new one
   * @throws RefusedException if there is none and no master for one
   */
  static HeldContext takenOrStarted(
      Optional<JavaSparkContext> given, Supplier<SparkConf> settings) {
    return HeldContext.of(given, () -> withMaster(settings.get()));
  }

  private static SparkConf withMaster(SparkConf conf) {
    if (!conf.contains("spark.master")) {
      throw new RefusedException(
          "spark.master is not set; start LRSweep by spark-submit or a script of submit/, set the"
              + " system property, or give the experiment a Spark context");
    }
    return conf;
  }

  /** What a context that was there already can't be told any more, a sentence each. */
  List<String> notices() {
    return held.isNew() ? List.of() : FixedSettings.sentences(context.getConf());
  }

  /** Where Spark itself decides on the cores of executors, they are known when those have come. */
  private void refuseTooLittleMemory() {
    if (SparkSettings.leavesCoresOpen(context.getConf())) {
      int count = slots.count(workload.tasks());
      int executors = Math.max(1, context.sc().statusTracker().getExecutorInfos().length - 1);
      int most = (count + executors - 1) / executors;
      requireFit(() -> SparkSettings.requireExecutorHeap(context.getConf(), workload, most));
    }
  }

  /** Refuses a driver that can't hold all states, where they pass through it. */
  void requireMemoryFor(Transport transport) {
    if (transport == Transport.PLAIN) {
      requireFit(() -> SparkSettings.requireDriverHeapForPlain(context.getConf(), workload));
    }
  }

  JavaSparkContext context() {
    return context;
  }

  /** Native threads of a task: the cores that Spark gives it. */
  int threadsPerWorker() {
    return context.getConf().getInt("spark.task.cpus", 1);
  }

  /**
   * Tasks that can run at the same time, {@code >= 1}, once the executors have come.
   *
   * @param wanted more than so many are of no use
   */
  int slots(int wanted) {
    return slots.count(wanted);
  }

  /** The same, without waiting: 0 if there is none by now. */
  int presentSlots() {
    return slots.present();
  }

  /**
   * Whether this driver's heap holds the states of so many trials of one worker that have begun.
   */
  boolean hasHeapFor(int trials) {
    return workload.driverHeapBytes(trials) <= Runtime.getRuntime().maxMemory();
  }

  /** Whether Spark asks for executors where tasks wait, and gives them back. */
  boolean asksForExecutors() {
    return context.getConf().getBoolean("spark.dynamicAllocation.enabled", false)
        && !context.sc().isLocal();
  }

  /** Stops a context of the run's own, unless another run works on it. */
  @Override
  public void close() {
    held.close();
  }
}
