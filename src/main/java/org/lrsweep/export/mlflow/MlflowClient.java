package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests of MLflow's REST interface, version 2.0 (https://mlflow.org/docs/latest/rest-api.html),
 * within a limit of time for all of them. Credentials are those of MLflow's own clients, from the
 * environment. Not thread-safe.
 */
final class MlflowClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;

  private final String base;
  private final Optional<String> authorization;
  private final long deadline;
  private final Duration firstPause;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();

  /**
   * Requests to a server, from now on.
   *
   * @param firstPause before a request is made again; the next one is four times as long
   */
  MlflowClient(MlflowServer server, Map<String, String> environment, Duration firstPause) {
    this.firstPause = firstPause;
    base = server.uri().toString().replaceAll("/+$", "") + "/api/2.0/mlflow/";
    authorization = authorization(environment);
    deadline = System.nanoTime() + server.limit().toNanos();
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (user != null) {
      String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return Optional.ofNullable(token).map("Bearer "::concat);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** What is there; missing if the server says that it isn't. */
  JsonNode get(String path, String name, String value) throws MlflowException {
    String query = "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return again(request(path, query).GET().build(), path);
  }

  /** A request that may be made twice with no other effect than once. */
  JsonNode post(String path, JsonNode body) throws MlflowException {
    return again(posted(path, body), path);
  }

  /**
   * A request that makes something. It is made once: whether the server has done it is not known
   * when the answer is lost.
   */
  JsonNode create(String path, JsonNode body) throws MlflowException {
    return once(posted(path, body), path);
  }

  private HttpRequest posted(String path, JsonNode body) {
    return request(path, "")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder request(String path, String query) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path + query));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode again(HttpRequest request, String path) throws MlflowException {
    long pause = firstPause.toMillis();
    for (int attempt = 1; ; attempt++) {
      try {
        return once(request, path);
      } catch (MlflowException e) {
        if (!e.isPassing() || attempt == ATTEMPTS || left().toMillis() <= pause) {
          throw e;
        }
        pause(pause);
        pause *= 4;
      }
    }
  }

  private static void pause(long millis) throws MlflowException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MlflowException.lasting("it was interrupted", e);
    }
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private JsonNode once(HttpRequest request, String path) throws MlflowException {
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      throw MlflowException.lasting("the time for it is over", null);
    }
    Duration wait = left.compareTo(REQUEST_LIMIT) < 0 ? left : REQUEST_LIMIT;
    try {
      // A time limit of the request's own would end with the headers.
      return answer(
          http.sendAsync(request, BodyHandlers.ofString())
              .get(wait.toMillis(), TimeUnit.MILLISECONDS),
          path);
    } catch (TimeoutException e) {
      throw MlflowException.passing(
          path + " was not answered within " + Math.max(1, wait.toSeconds()) + " s", e);
    } catch (ExecutionException e) {
      throw MlflowException.passing(path + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MlflowException.lasting("it was interrupted", e);
    }
  }

  private static JsonNode answer(HttpResponse<String> response, String path)
      throws MlflowException {
    int status = response.statusCode();
    if (status == NOT_FOUND && response.body().contains("RESOURCE_DOES_NOT_EXIST")) {
      return MissingNode.getInstance();
    }
    if (status >= 500 || status == TOO_MANY) {
      throw MlflowException.passing(path + " was answered with status " + status, null);
    }
    if (status != 200) {
      throw MlflowException.lasting(
          path + " was answered with status " + status + ": " + shortened(response.body()), null);
    }
    try {
      JsonNode json = JSON.readTree(response.body());
      if (!json.isObject()) {
        throw MlflowException.lasting(path + " was answered with no JSON object", null);
      }
      return json;
    } catch (JsonProcessingException e) {
      throw MlflowException.lasting(path + " was answered with no JSON", e);
    }
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + " ..." : line;
  }
}
