package org.lrsweep.cluster;

import org.apache.spark.SparkConf;

/** Where Spark runs the driver, and thus what a path of "this machine" means. */
public enum DriverPlace {
  /** Where the user called it. */
  HERE,
  /** A machine of the cluster, whose folders outlive it. */
  CLUSTER,
  /** A container of YARN or Kubernetes, whose folders end with it. */
  CONTAINER;

  /** The place that Spark's properties name. */
  public static DriverPlace of(SparkConf conf) {
    String master = conf.get("spark.master", "");
    // In its pod, Kubernetes starts the driver in client mode.
    if (conf.getBoolean("spark.kubernetes.submitInDriver", false)) {
      return CONTAINER;
    }
    if (!conf.get("spark.submit.deployMode", "client").equals("cluster")) {
      return HERE;
    }
    return master.startsWith("spark:") ? CLUSTER : CONTAINER;
  }

  /** Whether what is written to a path without a scheme is lost when the driver has ended. */
  public boolean loses(String path) {
    return switch (this) {
      case HERE -> false;
      case CLUSTER -> !path.startsWith("/");
      case CONTAINER -> true;
    };
  }
}
