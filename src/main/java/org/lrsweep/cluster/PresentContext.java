package org.lrsweep.cluster;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark context that a JVM has already: of a notebook, spark-shell, Livy or Databricks. It is
 * somebody else's, and a JVM can't have two.
 */
public final class PresentContext {
  private static final String MARK = "spark.lrsweep.started";

  private PresentContext() {}

  /** That of this JVM's Spark session; empty if there is no session. */
  public static Optional<JavaSparkContext> find() {
    return Stream.of(SparkSession.getActiveSession(), SparkSession.getDefaultSession())
        .filter(Option::isDefined)
        .map(session -> session.get().sparkContext())
        .filter(context -> !context.isStopped())
        .findFirst()
        .map(JavaSparkContext::fromSparkContext);
  }

  /**
   * A context that was asked for.
   *
   * @param isNew whether it was started for it; one that was there all the time is to stay
   */
  public record Context(JavaSparkContext spark, boolean isNew) {}

  /** Starts a context, unless this JVM has one without a session. */
  public static Context orStart(SparkConf conf) {
    String mark = UUID.randomUUID().toString();
    SparkContext found = SparkContext.getOrCreate(conf.clone().set(MARK, mark));
    boolean isNew = found.getConf().get(MARK, "").equals(mark);
    return new Context(JavaSparkContext.fromSparkContext(found), isNew);
  }
}
