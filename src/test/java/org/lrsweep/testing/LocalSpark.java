package org.lrsweep.testing;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test methods a {@link JavaSparkContext} of four slots, one for the whole test run. */
public final class LocalSpark implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared();
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
            .set("spark.driver.bindAddress", "127.0.0.1");
    return JavaSparkContext.fromSparkContext(org.apache.spark.SparkContext.getOrCreate(conf));
  }
}
