package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.cluster.MetricsPlugin;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.testing.TestJvm;

/**
 * What Prometheus reads of a local run, as Spark's own servlet serves it, while the first trial
 * trains. Read by the rules of <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus's text format</a>.
 */
class PrometheusIT {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 64, test-examples = 32, image-size = 8 }
        batch-size = 32
        model.network = small-cnn
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { base-lrs = [0.001], max-lrs = [0.01], step-sizes-epochs = [1, 0.5], epochs = 2 }
        sweep { parallel-trials = 1, steps-per-round = 1 }
      }
      """;

  private static final String NAMES =
      "metrics_lrsweep_driver_plugin_org_lrsweep_cluster_MetricsPlugin_run_";

  /** A line of a sample: a legal name, labels, and what Go's ParseFloat takes for a number. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "\\{([a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\\\n]*\"(, ?)?)*\\} "
              + "([+-]?(?:\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|NaN|Inf|Infinity))");

  @TempDir private static Path folder;
  private static List<String> lines;
  private static final Map<String, Double> VALUES = new HashMap<>();

  @BeforeAll
  static void scrape() throws IOException, InterruptedException {
    Path text = folder.resolve("scraped.txt");
    Path log = folder.resolve("log");
    List<String> command = TestJvm.command(List.of("-Xmx512m"), PrometheusIT.class, folder, text);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(() -> read(log)).isTrue();
      assertThat(process.exitValue()).as(() -> read(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
    lines = Files.readAllLines(text);
    for (String line : lines) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches() && sample.group(1).startsWith(NAMES)) {
        VALUES.put(sample.group(1).substring(NAMES.length()), Double.parseDouble(sample.group(4)));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the experiment; asks for the metrics when the first trial has ended its first epoch. */
  public static void main(String[] arguments) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setAppName("test")
            .setMaster("local[1]")
            .set("spark.ui.port", "0")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.plugins", MetricsPlugin.class.getName())
            .set("spark.metrics.namespace", "lrsweep")
            .set(
                "spark.metrics.conf.*.sink.prometheusServlet.class",
                "org.apache.spark.metrics.sink.PrometheusServlet")
            .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      URI page = URI.create(spark.sc().uiWebUrl().get() + "/metrics/prometheus/");
      Experiment.of(ConfigLoader.load(SMALL, "test", List.of("output=" + arguments[0] + "/output")))
          .on(spark)
          .printingTo(new PrintWriter(new Scrape(page, Path.of(arguments[1])), true))
          .run();
    }
  }

  @Test
  void everyLineIsASampleWithALegalNameAndANumber() {
    assertThat(lines).isNotEmpty().allMatch(line -> SAMPLE.matcher(line).matches());
  }

  /** 64 / 32 = 2 steps an epoch, the second of which is step 1; the cycle's peak is step 2. */
  @Test
  void theTrialThatTrainsIsThere() {
    assertThat(VALUES.get("trial_01_step_Value")).isEqualTo(1);
    assertThat(VALUES.get("trial_01_learning_rate_Value")).isCloseTo(0.0055, within(1e-9));
    assertThat(VALUES.get("trial_01_loss_Value")).isBetween(0.1, 10.0);
  }

  @Test
  void trialsAreCountedByState() {
    assertThat(VALUES)
        .containsEntry("trials_running_Value", 1.0)
        .containsEntry("trials_waiting_Value", 1.0)
        .containsEntry("trials_completed_Value", 0.0);
  }

  /** Keeps what the page says once the text was written. */
  private static final class Scrape extends Writer {
    private static final String WHEN = "epoch 1 of 2";

    private final URI page;
    private final Path to;
    private final StringBuilder written = new StringBuilder();

    Scrape(URI page, Path to) {
      this.page = page;
      this.to = to;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      written.append(chars, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (written.indexOf(WHEN) < 0 || Files.exists(to)) {
        return;
      }
      try {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        Files.writeString(to, answer.statusCode() == 200 ? answer.body() : "");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {}
  }
}
