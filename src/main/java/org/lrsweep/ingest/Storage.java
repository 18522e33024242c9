package org.lrsweep.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Where an executor keeps its shares.
 *
 * @param kind in memory or on disk
 * @param configured Spark's local directories by its properties, separated by commas
 * @param slots the most tasks that an executor has at work, {@code >= 1}
 */
record Storage(Kind kind, String configured, int slots) implements Serializable {
  private static final int PART_OF_HEAP = 10;

  /** Where cluster managers tell an executor its directories, as Spark's documentation says. */
  private static final String[] VARIABLES = {
    "LOCAL_DIRS", "SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS"
  };

  enum Kind {
    MEMORY,
    DISK,
    /** In memory if it is small. */
    AUTO
  }

  static Storage of(Kind kind, SparkConf conf) {
    // Elsewhere the cluster manager decides on an executor's cores: it may have all workers.
    boolean known = !conf.get("spark.master", "").startsWith("local");
    int cores = known ? conf.getInt("spark.executor.cores", Integer.MAX_VALUE) : Integer.MAX_VALUE;
    return new Storage(
        kind,
        conf.get("spark.local.dir", System.getProperty("java.io.tmpdir")),
        Math.max(1, cores / conf.getInt("spark.task.cpus", 1)));
  }

  /**
   * Writes a share.
   *
   * @param size examples of it
   * @param workers that have such a share each, {@code >= 1}
   */
  ShareWriter writer(int recordBytes, int size, int workers) throws IOException {
    long enough = heapForMemory((long) recordBytes * size, workers);
    boolean small = enough < Runtime.getRuntime().maxMemory();
    return kind == Kind.MEMORY || (kind == Kind.AUTO && small)
        ? ShareWriter.toMemory(recordBytes, size)
        : ShareWriter.toDisk(recordBytes, size, directory(System.getenv()));
  }

  /**
   * The heap above which shares lie in memory if that is to be decided by their size, in bytes.
   *
   * @param share bytes of one
   * @param workers that have such a share each, {@code >= 1}
   */
  long heapForMemory(long share, int workers) {
    return PART_OF_HEAP * share * Math.min(workers, slots);
  }

  /** The one with the most room. */
  Path directory(Map<String, String> environment) {
    String all =
        Arrays.stream(VARIABLES)
            .map(environment::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(configured);
    return Pattern.compile("[,:]")
        .splitAsStream(all)
        .map(Path::of)
        .max(Comparator.comparingLong(Storage::usable))
        .orElseThrow();
  }

  private static long usable(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }
}
