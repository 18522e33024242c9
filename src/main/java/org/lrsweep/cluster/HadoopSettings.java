package org.lrsweep.cluster;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Hadoop's configuration where no Spark runs: as Spark's own makes it of its properties and of the
 * environment.
 */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  /** What Spark's client on YARN leaves for a driver there. */
  private static final String FROM_CLIENT = "__spark_hadoop_conf__.xml";

  private HadoopSettings() {}

  /** The configuration of this process. */
  public static Configuration configuration() {
    return configuration(new SparkConf(), System.getenv());
  }

  /**
   * The configuration under Spark's properties.
   *
   * @param spark its {@code spark.hadoop} properties count, and win
   * @param environment its AWS keys, if both are there, are S3A's
   */
  static Configuration configuration(SparkConf spark, Map<String, String> environment) {
    Configuration hadoop = new Configuration();
    hadoop.addResource(FROM_CLIENT);
    String key = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (key != null && secret != null) {
      hadoop.set("fs.s3a.access.key", key);
      hadoop.set("fs.s3a.secret.key", secret);
      String token = environment.get("AWS_SESSION_TOKEN");
      if (token != null) {
        hadoop.set("fs.s3a.session.token", token);
      }
    }
    for (Tuple2<String, String> property : spark.getAllWithPrefix(PREFIX)) {
      hadoop.set(property._1(), property._2());
    }
    return hadoop;
  }
}
