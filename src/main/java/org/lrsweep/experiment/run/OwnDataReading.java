package org.lrsweep.experiment.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.cluster.HeldContext;
import org.lrsweep.cluster.SparkSettings;
import org.lrsweep.experiment.data.OwnDataRequest;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.storage.HadoopPath;
import org.lrsweep.terminal.Console;

/** A user's own data, read to be looked at, on a Spark of its own unless one is given. */
public final class OwnDataReading implements AutoCloseable {
  private final HeldContext held;
  private final JavaSparkContext spark;
  private final PartitionedData data;
  private final Duration took;
  private final long fileBytes;

  /**
   * Reads it.
   *
   * @param given the caller's Spark, which stays; empty to take the one that is there, or start one
   */
  public OwnDataReading(Plan plan, Optional<JavaSparkContext> given, Console console) {
    held = RunSpark.takenOrStarted(given, () -> SparkSettings.of(new SparkConf(), "lrsweep data"));
    spark = held.spark();
    try {
      OwnDataRequest request = plan.ownData().orElseThrow();
      fileBytes = bytes(request, spark.hadoopConfiguration());
      long start = System.nanoTime();
      data = request.read(spark);
      took = Duration.ofNanos(System.nanoTime() - start);
      data.notices().forEach(console::notice);
    } catch (Throwable e) {
      held.close();
      throw e;
    }
  }

  /** Of all files; 0 where no file system counts them, which is said by reading itself. */
  private static long bytes(OwnDataRequest request, Configuration hadoop) {
    long bytes = 0;
    try {
      for (String place : request.places()) {
        Path path = HadoopPath.of(place);
        FileSystem files = path.getFileSystem(hadoop);
        FileStatus[] found = files.globStatus(path);
        for (FileStatus file : found == null ? new FileStatus[0] : found) {
          bytes += files.getContentSummary(file.getPath()).getLength();
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return bytes;
  }

  /** What was read. */
  public PartitionedData data() {
    return data;
  }

  /** What it took to read, as a run has to read it too. */
  public String cost() {
    return String.format(
        Locale.ROOT,
        "%sread in %.1f s, by %s; a run reads it once, as this did",
        fileBytes == 0 ? "" : OwnPreview.megabytes(fileBytes) + " of files, ",
        took.toMillis() / 1e3,
        spark.master());
  }

  @Override
  public void close() {
    try {
      data.close();
    } finally {
      held.close();
    }
  }
}
