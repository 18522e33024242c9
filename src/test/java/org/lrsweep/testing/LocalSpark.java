package org.lrsweep.testing;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link JavaSparkContext} of four slots, or a {@link SparkSession} on it: one for
 * the whole test run, which no test closes.
 */
public final class LocalSpark implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == JavaSparkContext.class || type == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    JavaSparkContext shared = shared();
    return parameter.getParameter().getType() == SparkSession.class
        ? SparkSession.builder().sparkContext(shared.sc()).getOrCreate()
        : shared;
  }

  private static synchronized JavaSparkContext shared() {
    SparkConf conf =
        new SparkConf()
            .setAppName("tests")
            .setMaster("local[4,4]")
            .set("spark.ui.enabled", "false")
            .set("spark.scheduler.mode", "FAIR")
            .set("spark.executor.heartbeatInterval", "1s")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.sql.shuffle.partitions", "2");
    return JavaSparkContext.fromSparkContext(org.apache.spark.SparkContext.getOrCreate(conf));
  }
}
