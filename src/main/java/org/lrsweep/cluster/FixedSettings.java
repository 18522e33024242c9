package org.lrsweep.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Spark's properties that a run would set, of a context that runs already: what only a new one can
 * take is said, a sentence each. None changes a result, native threads included: each task sets its
 * own number.
 */
public final class FixedSettings {
  private static final String ONLY_NEW = "; only a new context can take another value";

  private FixedSettings() {}

  /**
   * What stays as it is.
   *
   * @param running the context's properties
   */
  public static List<String> sentences(SparkConf running) {
    List<String> said = new ArrayList<>();
    String mode = running.get("spark.scheduler.mode", "FIFO");
    if (!mode.equalsIgnoreCase("FAIR")) {
      said.add(
          "trials that train at the same time get their turns in the order in which they began,"
              + " since spark.scheduler.mode is "
              + mode
              + " and not FAIR"
              + ONLY_NEW);
    }
    long heartbeat = running.getTimeAsMs("spark.executor.heartbeatInterval", "10s");
    if (heartbeat > 2000) {
      said.add(
          "progress within a round is told every "
              + heartbeat / 1000
              + " s, since that is spark.executor.heartbeatInterval"
              + ONLY_NEW);
    }
    if (!MemoryCheck.isLocal(running)) {
      addOfExecutors(running, said);
    }
    return said;
  }

  private static void addOfExecutors(SparkConf running, List<String> said) {
    long wait = running.getTimeAsMs("spark.locality.wait", "3s");
    if (wait > 0) {
      said.add(
          "a task may wait "
              + wait
              + " ms for a slot on the executor that has its examples, since that is"
              + " spark.locality.wait, where LRSweep sets 0"
              + ONLY_NEW);
    }
    if (!running.contains("spark.buffer.write.chunkSize")) {
      said.add(
          "executors send large states more slowly than they could, since"
              + " spark.buffer.write.chunkSize is not set, where LRSweep sets 512k"
              + ONLY_NEW);
    }
    if (running.getBoolean("spark.broadcast.compress", true)) {
      said.add(
          "parameters are compressed for nothing, since spark.broadcast.compress is true"
              + ONLY_NEW);
    }
    addOfNativeCode(running, said);
  }

  private static void addOfNativeCode(SparkConf running, List<String> said) {
    if (!running.get("spark.executor.extraJavaOptions", "").contains(MemoryCheck.JAVACPP_LIMIT)) {
      said.add(
          "JavaCPP limits an executor's process to four times its heap, its default, whatever"
              + " memory there is, since spark.executor.extraJavaOptions has no "
              + MemoryCheck.JAVACPP_LIMIT
              + ONLY_NEW);
    }
    // Without containers Spark sets it by itself.
    if (MemoryCheck.hasContainers(running)
        && !running.contains("spark.executorEnv.OMP_NUM_THREADS")) {
      said.add(
          "native libraries may start a thread a core of the host when they load, since"
              + " spark.executorEnv.OMP_NUM_THREADS is not set; tasks train on spark.task.cpus"
              + " threads all the same"
              + ONLY_NEW);
    }
  }
}
