package org.lrsweep.cluster;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Spark's metrics system is told of the run that this driver makes: of each range test and
 * trial that runs, {@code <name>.step}, {@code <name>.learning_rate} and {@code <name>.loss}, and
 * how many trials are in each state, {@code trials.<state>}. {@link MetricsPlugin} hands them over.
 * Thread-safe.
 */
public final class RunMetrics {
  private static final RunMetrics DRIVERS = new RunMetrics();

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final Map<String, Integer> trials = new ConcurrentHashMap<>();

  private record Reading(long step, double learningRate, double loss) {}

  /** Some are there from the beginning: Spark passes over a plugin that has none when it starts. */
  RunMetrics() {
    trials("waiting", 0);
    trials("running", 0);
  }

  /** Those of this driver, which makes one run at a time. */
  public static RunMetrics ofDriver() {
    return DRIVERS;
  }

  MetricRegistry registry() {
    return registry;
  }

  /**
   * A range test or a trial has got this far.
   *
   * @param name its name, which is part of its gauges' names
   * @param step 0-based
   * @param loss may be NaN or infinite
   */
  public void reached(String name, long step, double learningRate, double loss) {
    if (readings.put(name, new Reading(step, learningRate, loss)) == null) {
      gauge(name + ".step", () -> of(name).step());
      gauge(name + ".learning_rate", () -> of(name).learningRate());
      gauge(name + ".loss", () -> of(name).loss());
    }
  }

  private Reading of(String name) {
    return readings.getOrDefault(name, new Reading(0, Double.NaN, Double.NaN));
  }

  /** A range test or a trial has ended; its gauges go. */
  public void ended(String name) {
    readings.remove(name);
    registry.removeMatching((metric, unused) -> metric.startsWith(name + "."));
  }

  /**
   * How many trials are in a state now.
   *
   * @param state in small letters, as {@code running}
   */
  public void trials(String state, int count) {
    if (trials.put(state, count) == null) {
      gauge("trials." + state, () -> trials.getOrDefault(state, 0));
    }
  }

  private <T> void gauge(String name, Gauge<T> gauge) {
    registry.gauge(name, () -> gauge);
  }
}
