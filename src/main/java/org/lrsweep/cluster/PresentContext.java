package org.lrsweep.cluster;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark context that a JVM has already: of a notebook, spark-shell, Livy, Databricks or a
 * program. It is somebody else's, and a JVM can't have two.
 */
public final class PresentContext {
  private PresentContext() {}

  /** Whether this JVM has a context. Starts none, and loads little of Spark. */
  public static boolean isThere() {
    try {
      return SparkFiles.getRootDirectory() != null;
    } catch (NullPointerException e) {
      // Spark's files have a folder from a context's beginning to its end, and else this.
      return false;
    }
  }

  /** That of this JVM's Spark session, else one that has no session; empty if there is none. */
  public static Optional<JavaSparkContext> find() {
    if (!isThere()) {
      return Optional.empty();
    }
    return Stream.of(SparkSession.getActiveSession(), SparkSession.getDefaultSession())
        .filter(Option::isDefined)
        .map(session -> session.get().sparkContext())
        .filter(context -> !context.isStopped())
        .findFirst()
        .or(PresentContext::withoutSession)
        .map(JavaSparkContext::fromSparkContext);
  }

  /** Spark publishes no look at it but this one, which starts a context where there is a master. */
  private static Optional<SparkContext> withoutSession() {
    try {
      return Optional.of(SparkContext.getOrCreate(new SparkConf(false)))
          .filter(context -> !context.isStopped());
    } catch (Exception e) {
      // Spark's checked exception, undeclared: none is there, or it has just ended.
      return Optional.empty();
    }
  }
}
