package org.lrsweep.cluster;

import java.util.Optional;
import org.apache.spark.package$;
import scala.util.Properties;

/** Which Spark this program runs on. */
public final class SparkVersion {
  private static final String SCALA = "2.12.";
  private static final String NEEDS = "LRSweep needs Spark 3.5 for Scala 2.12";

  private SparkVersion() {}

  /** Why this JVM's Spark can't be used, in a sentence; empty if it can, or if there is none. */
  public static Optional<String> refusal() {
    try {
      return refusal(package$.MODULE$.SPARK_VERSION(), Properties.versionNumberString());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /**
   * The same of a version.
   *
   * @param spark Spark's, as {@code 3.5.5}
   * @param scala that of Scala's library, as {@code 2.12.18}
   */
  static Optional<String> refusal(String spark, String scala) {
    return spark.startsWith("3.") && scala.startsWith(SCALA)
        ? Optional.empty()
        : Optional.of(
            ("%s, found Spark %s for Scala %s; set SPARK_HOME to one, or take the image or release"
                    + " of your cluster that has it")
                .formatted(NEEDS, spark, scala));
  }
}
