package org.lrsweep.experiment;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop's configuration where no Spark runs: with the spark.hadoop properties all the same. */
public final class HadoopSettings {
  private HadoopSettings() {}

  public static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
