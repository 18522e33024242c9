package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.lang.reflect.Proxy;
import org.apache.spark.api.plugin.PluginContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPluginTest {
  private static final String PREFIX = "app.driver.plugin.run.";

  private final RunMetrics run = new RunMetrics();

  /** What Spark's sinks read: it takes in a plugin's registry as a whole. */
  private final MetricRegistry spark = new MetricRegistry();

  @BeforeEach
  void register() {
    MetricRegistry plugins = new MetricRegistry();
    PluginContext context =
        (PluginContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PluginContext.class},
                (proxy, method, arguments) -> plugins);
    new MetricsPlugin(run).driverPlugin().registerMetrics("app", context);
    assertThat(plugins.getMetrics()).as("Spark passes over a plugin that has none").isNotEmpty();
    spark.register("app.driver.plugin", plugins);
  }

  private Object value(String name) {
    return spark.getGauges().get(PREFIX + name).getValue();
  }

  /** Trials come after the plugin. */
  @Test
  void gaugesOfTrialsComeAndGo() {
    run.reached("trial-01", 7, 0.01, 2.5);
    run.reached("trial-10", 3, 0.02, Double.NaN);
    run.reached("trial-01", 8, 0.03, 2.25);

    assertThat(value("trial-01.step")).isEqualTo(8L);
    assertThat(value("trial-01.learning_rate")).isEqualTo(0.03);
    assertThat(value("trial-01.loss")).isEqualTo(2.25);
    assertThat(value("trial-10.loss")).isEqualTo(Double.NaN);

    run.ended("trial-01");

    assertThat(spark.getGauges().keySet())
        .containsExactlyInAnyOrder(
            PREFIX + "trials.waiting",
            PREFIX + "trials.running",
            PREFIX + "trial-10.step",
            PREFIX + "trial-10.learning_rate",
            PREFIX + "trial-10.loss");
  }

  @Test
  void trialsAreCountedByState() {
    run.trials("running", 2);
    run.trials("running", 1);
    run.trials("stopped", 4);

    assertThat(value("trials.running")).isEqualTo(1);
    assertThat(value("trials.stopped")).isEqualTo(4);
  }

  @Test
  void executorsHaveNoPlugin() {
    assertThat(new MetricsPlugin().executorPlugin()).isNull();
  }
}
