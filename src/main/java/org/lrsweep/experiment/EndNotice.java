package org.lrsweep.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;

/**
 * One POST of JSON to {@code notify.url} when a run has ended, well or not. Whatever becomes of it,
 * the run has ended as it has.
 */
final class EndNotice {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final URI url;
  private final Duration limit;

  EndNotice(URI url) {
    this(url, LIMIT);
  }

  /**
   * @param limit how long to wait for an answer at most
   */
  EndNotice(URI url, Duration limit) {
    this.url = url;
    this.limit = limit;
  }

  /**
   * Tells how a run stands now.
   *
   * @param error why it broke off; empty if it didn't
   * @param out where it is said if nobody could be told
   */
  void send(ResultStore store, String runId, Optional<String> error, PrintWriter out) {
    Optional<String> problem;
    try {
      problem = post(json(store, runId, error));
    } catch (RuntimeException | Error e) { // what ended the run is to be seen, not this
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    problem.ifPresent(
        reason -> {
          out.println("NOTE: notify.url could not be told of the run's end: " + reason);
          out.flush();
        });
  }

  private Optional<String> post(String json) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
    try {
      HttpResponse<Void> answer =
          client
              .sendAsync(request, BodyHandlers.discarding())
              .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return answer.statusCode() < 300
          ? Optional.empty()
          : Optional.of("it answered with status " + answer.statusCode());
    } catch (TimeoutException e) {
      return Optional.of("it did not answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of(e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the run was interrupted");
    }
  }

  private static String json(ResultStore store, String runId, Optional<String> error) {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    ExperimentResult result = ExperimentResult.of(store, runId);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run_id", runId);
    json.put("status", run.status().name());
    json.put("started_at", run.startedAt().toString());
    json.put("finished_at", run.finishedAt() == null ? null : run.finishedAt().toString());
    json.put("dataset", run.dataset());
    json.put("output", result.output());
    json.put("error", error.orElse(null));
    if (!result.ranges().isEmpty()) {
      json.put("min_lr", result.ranges().get(0).baseLr());
      json.put("max_lr", result.ranges().get(0).maxLr());
    }
    result
        .bestTrial()
        .ifPresent(
            best ->
                json.putObject("best_trial")
                    .put("trial_id", best.trialId())
                    .put("best_epoch", best.bestEpoch())
                    .put("best_val_accuracy", best.bestValAccuracy())
                    .put("best_model_path", best.bestModelPath())
                    .put("metric", best.rankedBy().label())
                    .put("val_metric", best.rankedValue())
                    .put("test_metric", best.testMetric()));
    return json.toString();
  }
}
