package org.lrsweep.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Makes heap, container and JavaCPP's limit fit together, and refuses where they can't.
 *
 * <p>On YARN and Kubernetes an executor is killed that outgrows {@code spark.executor.memory} plus
 * {@code spark.executor.memoryOverhead}. Networks live in the latter, of which Spark's default of a
 * tenth of the heap leaves them nothing, so it is set where the user hasn't. JavaCPP is told the
 * sum: a task that needs more fails with a sentence instead of being killed with its executor.
 * Elsewhere nothing but the machine limits a process.
 */
final class MemoryCheck {
  private static final String HEAP = "spark.executor.memory";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String FACTOR = "spark.executor.memoryOverheadFactor";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  /** JavaCPP's property of how large a process may grow. */
  static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\d+)?])?");

  private static final long MEGABYTE = 1L << 20;
  private static final int SMALLEST_OVERHEAD = 384;

  /** What is set is more than the estimate; what is refused is less by as much. */
  private static final double MARGIN = 1.25;

  private final Workload workload;
  private final DriverMemory driver;

  MemoryCheck(Workload workload, DriverMemory driver) {
    this.workload = workload;
    this.driver = driver;
  }

  /** Whether tasks run in the driver itself; those of local-cluster have executors. */
  static boolean isLocal(SparkConf conf) {
    return LOCAL.matcher(conf.get("spark.master", "")).matches();
  }

  /**
   * Sets what is missing.
   *
   * @throws InsufficientMemoryException if the run can't fit
   */
  void fit(SparkConf conf) {
    Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
    if (local.matches()) {
      fitMachine(slots(conf, cores(local.group(1))));
      return;
    }
    requireDriverHeap(workload.driverHeapBytes(Integer.MAX_VALUE));
    int slots = slots(conf, conf.getInt("spark.executor.cores", 1));
    long heap = requireExecutorHeap(conf, slots);
    if (hasContainers(conf)) {
      fitContainer(conf, slots, heap);
    } else if (!conf.contains(OVERHEAD)) {
      limitJavaCpp(conf, 0);
    } else {
      limitJavaCpp(conf, heap + conf.getSizeAsMb(OVERHEAD));
    }
  }

  /**
   * Makes sure of the driver's heap where all states pass through it.
   *
   * @throws InsufficientMemoryException if it can't hold them
   */
  void requirePlainDriverHeap(SparkConf conf) {
    Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
    int slots = local.matches() ? slots(conf, cores(local.group(1))) : Integer.MAX_VALUE;
    long needed = workload.plainDriverHeapBytes(slots);
    if (driver.heapBytes() * MARGIN < needed) {
      throw new InsufficientMemoryException(
          ("the driver's heap must be at least about %s MB for the plain transport, which brings"
                  + " the states of all workers there, found %s MB; raise spark.driver.memory")
              .formatted(megabytes(needed), megabytes(driver.heapBytes())));
    }
  }

  /** Returns its megabytes. */
  long requireExecutorHeap(SparkConf conf, int slots) {
    long heap = conf.getSizeAsMb(HEAP, "1g");
    long needed = megabytes(workload.executorHeapBytes(slots));
    if (heap * MARGIN < needed) {
      throw new InsufficientMemoryException(
          "%s must be at least about %s MB for %s, found %s MB; raise it, or lower data.image-size"
              .formatted(HEAP, needed, tasks(slots), heap));
    }
    return heap;
  }

  private void fitContainer(SparkConf conf, int slots, long heap) {
    long needed = megabytes(workload.offHeapBytes(slots));
    if (!conf.contains(OVERHEAD) && !conf.contains(FACTOR)) {
      conf.set(OVERHEAD, Math.max(SMALLEST_OVERHEAD, (long) (needed * MARGIN)) + "m");
    }
    long overhead =
        conf.contains(OVERHEAD)
            ? conf.getSizeAsMb(OVERHEAD)
            : Math.max(SMALLEST_OVERHEAD, (long) (heap * conf.getDouble(FACTOR, 0.1)));
    if (overhead * MARGIN < needed) {
      throw new InsufficientMemoryException(
          ("%s must be at least about %s MB for %s, found %s MB; raise it or leave it out, or lower"
                  + " batch-size or spark.executor.cores")
              .formatted(OVERHEAD, needed, tasks(slots), overhead));
    }
    limitJavaCpp(conf, heap + overhead);
  }

  private void fitMachine(int slots) {
    requireDriverHeap(Math.max(workload.driverHeapBytes(slots), workload.executorHeapBytes(slots)));
    long needed = megabytes(driver.heapBytes()) + megabytes(workload.offHeapBytes(slots));
    long machine = megabytes(driver.machineBytes());
    if (machine * MARGIN < needed) {
      throw new InsufficientMemoryException(
          ("this machine must have at least about %s MB of memory for %s and a heap of %s MB,"
                  + " found %s MB; lower batch-size, or the tasks with --master local[N]")
              .formatted(needed, tasks(slots), megabytes(driver.heapBytes()), machine));
    }
  }

  private void requireDriverHeap(long needed) {
    if (driver.heapBytes() * MARGIN < needed) {
      throw new InsufficientMemoryException(
          ("the driver's heap must be at least about %s MB, found %s MB; raise"
                  + " spark.driver.memory, or LRSWEEP_MEMORY of submit/local.sh")
              .formatted(megabytes(needed), megabytes(driver.heapBytes())));
    }
  }

  private String tasks(int slots) {
    int tasks = workload.tasksOf(slots);
    return "%s task%s of %s examples each"
        .formatted(tasks, tasks == 1 ? "" : "s", workload.examplesPerTask());
  }

  /** Whether executors have no more memory than they were promised. */
  static boolean hasContainers(SparkConf conf) {
    String master = conf.get("spark.master", "");
    return master.equals("yarn") || master.startsWith("k8s://");
  }

  private static int cores(String number) {
    if (number == null) {
      return 1;
    }
    return number.equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(number);
  }

  private static int slots(SparkConf conf, int cores) {
    return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  /** Zero megabytes is no limit. */
  private static void limitJavaCpp(SparkConf conf, long megabytes) {
    String options = conf.get(OPTIONS, "");
    if (!options.contains(JAVACPP_LIMIT)) {
      String limit = "-D%s=%s".formatted(JAVACPP_LIMIT, megabytes == 0 ? "0" : megabytes + "m");
      conf.set(OPTIONS, (options + " " + limit).strip());
    }
  }

  private static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
