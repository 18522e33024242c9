package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tracking server in memory, made to the published interface (https://mlflow.org/docs/latest/
 * rest-api.html): what it refuses is refused here, and faults can be had of it.
 */
final class FakeMlflow implements AutoCloseable {
  private static final Pattern FILTER = Pattern.compile("tags\\.`([^`]+)` = '([^']*)'");
  private static final int PAGE = 2;

  /** What becomes of a request. */
  enum Fault {
    NONE,
    /** Status 500, nothing done. */
    ERROR,
    /** Status 429, nothing done. */
    TOO_MANY,
    /** No answer. */
    SILENCE,
    /** Done, but the answer breaks off. */
    HALF_ANSWER,
    /** Status 200 and a page of HTML, as of a proxy. */
    HTML
  }

  /** A run as the server knows it. */
  static final class Run {
    final Map<String, String> params = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final Set<String> metrics = new LinkedHashSet<>();
    String status = "RUNNING";
    long endTime;

    /** How many values a curve has. */
    long points(String key) {
      return metrics.stream().filter(metric -> metric.startsWith(key + " ")).count();
    }
  }

  private final HttpServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ObjectMapper json = new ObjectMapper();
  final Map<String, String> experiments = new LinkedHashMap<>();
  final Map<String, Run> runs = new LinkedHashMap<>();
  final List<String> requests = new ArrayList<>();
  final List<String> authorizations = new ArrayList<>();
  final Deque<Fault> faults = new ArrayDeque<>();

  FakeMlflow() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/api/2.0/mlflow/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Run run(String trialId) {
    return runs.values().stream()
        .filter(run -> run.tags.getOrDefault("lrsweep.trial_id", "").equals(trialId))
        .reduce((one, two) -> null)
        .orElseThrow(() -> new AssertionError("no run, or several, of " + trialId));
  }

  private void handle(HttpExchange exchange) throws IOException {
    Fault fault;
    int status = 200;
    String answer;
    synchronized (this) {
      String path = exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
      requests.add(path);
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      fault = faults.isEmpty() ? Fault.NONE : faults.pop();
      byte[] body = exchange.getRequestBody().readAllBytes();
      answer = "{}";
      if (fault == Fault.NONE || fault == Fault.HALF_ANSWER) {
        try {
          answer =
              answer(
                      path,
                      String.valueOf(exchange.getRequestURI().getRawQuery()),
                      body.length == 0 ? json.createObjectNode() : json.readTree(body))
                  .toString();
        } catch (Refusal e) {
          status = e.status;
          answer = "{\"error_code\":\"" + e.getMessage() + "\",\"message\":\"no\"}";
        }
      }
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    switch (fault) {
      case ERROR -> exchange.sendResponseHeaders(500, -1);
      case TOO_MANY -> exchange.sendResponseHeaders(429, -1);
      case SILENCE -> awaitEnd();
      case HALF_ANSWER -> {
        exchange.sendResponseHeaders(status, bytes.length + 10);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
      }
      case HTML -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("<html>".getBytes(StandardCharsets.UTF_8));
      }
      case NONE -> {
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
    exchange.close();
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    Refusal(int status, String code) {
      super(code);
      this.status = status;
    }
  }

  private JsonNode answer(String path, String query, JsonNode body) throws Refusal {
    ObjectNode answer = json.createObjectNode();
    switch (path) {
      case "experiments/get-by-name" -> {
        String id = experiments.get(query.replace("experiment_name=", ""));
        if (id == null) {
          throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
        }
        answer.putObject("experiment").put("experiment_id", id);
      }
      case "experiments/create" -> {
        String id = String.valueOf(experiments.size() + 1);
        if (experiments.putIfAbsent(body.get("name").asText(), id) != null) {
          throw new Refusal(400, "RESOURCE_ALREADY_EXISTS");
        }
        answer.put("experiment_id", id);
      }
      case "runs/create" -> {
        Run run = new Run();
        body.get("tags").forEach(tag -> put(run.tags, tag));
        String id = "run" + runs.size();
        runs.put(id, run);
        answer.putObject("run").putObject("info").put("run_id", id);
      }
      case "runs/update" -> {
        Run run = runs.get(body.get("run_id").asText());
        run.status = body.get("status").asText();
        run.endTime = body.path("end_time").asLong();
      }
      case "runs/log-batch" -> logBatch(body);
      case "runs/search" -> search(body, answer);
      default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND");
    }
    return answer;
  }

  private static void put(Map<String, String> entries, JsonNode entry) {
    entries.put(entry.get("key").asText(), entry.get("value").asText());
  }

  private void logBatch(JsonNode body) throws Refusal {
    JsonNode metrics = body.path("metrics");
    JsonNode params = body.path("params");
    JsonNode tags = body.path("tags");
    if (metrics.size() > 1000
        || params.size() > 100
        || tags.size() > 100
        || metrics.size() + params.size() + tags.size() > 1000) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE");
    }
    Run run = runs.get(body.get("run_id").asText());
    for (JsonNode param : params) {
      String key = param.get("key").asText();
      String value = param.get("value").asText();
      if (!key.matches("[\\w./: -]{1,250}")
          || value.length() > 500
          || !value.equals(run.params.getOrDefault(key, value))) {
        throw new Refusal(400, "INVALID_PARAMETER_VALUE");
      }
      run.params.put(key, value);
    }
    tags.forEach(tag -> put(run.tags, tag));
    for (JsonNode metric : metrics) {
      if (!metric.get("value").isNumber() || !metric.get("timestamp").isIntegralNumber()) {
        throw new Refusal(400, "INVALID_PARAMETER_VALUE");
      }
      // The same value of the same moment and step is the same row.
      run.metrics.add(
          metric.get("key").asText()
              + " "
              + metric.get("step")
              + " "
              + metric.get("timestamp")
              + " "
              + metric.get("value"));
    }
  }

  private void search(JsonNode body, ObjectNode answer) {
    Matcher filter = FILTER.matcher(body.get("filter").asText());
    if (!filter.matches()) {
      throw new AssertionError("filter " + body.get("filter"));
    }
    List<ObjectNode> found = new ArrayList<>();
    runs.forEach(
        (id, run) -> {
          if (filter.group(2).equals(run.tags.get(filter.group(1)))) {
            ObjectNode node = json.createObjectNode();
            node.putObject("info").put("run_id", id);
            ArrayNode tags = node.putObject("data").putArray("tags");
            run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
            found.add(node);
          }
        });
    int from = body.path("page_token").asInt(0);
    int to = Math.min(found.size(), from + PAGE);
    answer.putArray("runs").addAll(found.subList(from, to));
    if (to < found.size()) {
      answer.put("next_page_token", String.valueOf(to));
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }
}
