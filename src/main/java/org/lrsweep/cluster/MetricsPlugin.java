package org.lrsweep.cluster;

import com.codahale.metrics.MetricSet;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Shows Spark's metrics system, and so Prometheus and other sinks, how the driver's run gets on:
 * {@code --conf spark.plugins=org.lrsweep.cluster.MetricsPlugin}. Their names begin with {@code
 * plugin.org.lrsweep.cluster.MetricsPlugin.}, as those of all plugins do. A plugin is Spark's
 * published way to add metrics; its sources are its own.
 */
public final class MetricsPlugin implements SparkPlugin {
  private final RunMetrics metrics;

  /** Called by Spark. */
  public MetricsPlugin() {
    this(RunMetrics.ofDriver());
  }

  MetricsPlugin(RunMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String appId, PluginContext context) {
        // As a set that grows: gauges of trials come and go.
        MetricSet growing = metrics.registry();
        context.metricRegistry().register("run", growing);
      }
    };
  }

  /** None: executors have nothing to tell. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
