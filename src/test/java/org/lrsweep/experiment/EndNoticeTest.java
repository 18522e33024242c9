package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;

@Timeout(60)
class EndNoticeTest {
  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private ResultStore store;

  @BeforeEach
  void start() throws IOException {
    store = ResultStore.open(folder.toString(), new Configuration());
    new SampleRun("r1", 2, 3).write(store, 2);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  private void send(HttpHandler handler, Duration limit, Optional<String> error) {
    server.createContext("/secret", handler);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret");
    new EndNotice(url, limit).send(store, "r1", error, new PrintWriter(said, true));
  }

  @Test
  void tellsHowTheRunEndedInOnePost() throws Exception {
    AtomicReference<String> method = new AtomicReference<>();
    AtomicReference<byte[]> body = new AtomicReference<>();

    send(
        exchange -> {
          method.set(exchange.getRequestMethod());
          body.set(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        },
        Duration.ofSeconds(30),
        Optional.of("no \"disk\""));

    JsonNode json = new ObjectMapper().readTree(body.get());
    assertThat(method).hasValue("POST");
    assertThat(json.get("run_id").asText()).isEqualTo("r1");
    assertThat(json.get("status").asText()).isEqualTo("COMPLETED");
    assertThat(json.get("error").asText()).isEqualTo("no \"disk\"");
    assertThat(json.get("max_lr").asDouble()).isEqualTo(0.01);
    assertThat(json.at("/best_trial/trial_id").asText()).startsWith("trial-0");
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void whoAnswersWithAnErrorIsSaidWithoutTheUrl() {
    send(
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        },
        Duration.ofSeconds(30),
        Optional.empty());

    assertThat(said.toString())
        .isEqualToNormalizingNewlines(
            "NOTE: notify.url could not be told of the run's end: it answered with status 500\n");
  }

  @Test
  void whoNeverAnswersIsNotWaitedForLongerThanTheLimit() {
    send(
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        Duration.ofMillis(300),
        Optional.empty());

    assertThat(said.toString()).startsWith("NOTE: notify.url could not be told of the run's end: ");
  }

  @Test
  void whoIsNotThereIsSaid() {
    URI nobody = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret");
    server.stop(0);

    new EndNotice(nobody).send(store, "r1", Optional.empty(), new PrintWriter(said, true));

    assertThat(said.toString())
        .isEqualToNormalizingNewlines(
            "NOTE: notify.url could not be told of the run's end: ConnectException\n");
  }

  @Test
  void theUrlIsNeitherRecordedNorPrinted() {
    List<String> setting = List.of("notify.url=https://hooks.example.com/secret");
    ExperimentConfig config = ConfigLoader.load("", "test", setting);

    assertThat(config.notifyUrl()).contains(URI.create("https://hooks.example.com/secret"));
    assertThat(config.json()).doesNotContain("secret", "notify");
    for (String spelling :
        List.of(
            setting.get(0),
            "lrsweep.notify.url=https://hooks.example.com/secret",
            "notify.url =https://hooks.example.com/secret",
            "\"notify\".url=https://hooks.example.com/secret",
            "notify={url=\"https://hooks.example.com/secret\"}")) {
      assertThat(
              CommandLines.after(
                      List.of("run", "--config", "c", "--set", spelling, "--set", "seed=1"),
                      Map.of())
                  .resume("r1"))
          .endsWith("run --config c --set seed=1 --resume r1");
    }
  }
}
