package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/**
 * A run's tables as runs of MLflow: one for the run, with its configuration and range tests, and
 * below it one for each trial, with parameters, curves by step, and where its networks lie.
 *
 * <p>The tables keep all that there is to send, so nothing is lost by a server that is down: what
 * it lacks is sent the next time. What it has is recognized by tags and is not sent again; a run
 * that was sent in part is sent again as it was, which changes nothing.
 */
public final class MlflowExport {
  private static final String RUN = "lrsweep.run_id";
  private static final String TRIAL = "lrsweep.trial_id";
  private static final String PARENT = "mlflow.parentRunId";
  private static final int PAGE = 1_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final MlflowServer server;
  private final MlflowClient client;
  private final ResultStore store;
  private final RunRow run;

  private MlflowExport(MlflowServer server, MlflowClient client, ResultStore store, RunRow run) {
    this.server = server;
    this.client = client;
    this.store = store;
    this.run = run;
  }

  /**
   * Sends what the server lacks of a run.
   *
   * @return how many of MLflow's runs were made or added to
   * @throws MlflowException if the server is not there, is too slow or refuses; what it has got by
   *     then stays
   * @throws org.lrsweep.results.ResultsException if a table can't be read
   */
  public static int send(ResultStore store, String runId, MlflowServer server)
      throws MlflowException {
    return send(store, runId, server, new MlflowClient(server, System.getenv(), FIRST_PAUSE));
  }

  static int send(ResultStore store, String runId, MlflowServer server, MlflowClient client)
      throws MlflowException {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    return new MlflowExport(server, client, store, run).send();
  }

  private int send() throws MlflowException {
    String experiment = experiment();
    Map<String, JsonNode> there = runsThere(experiment);
    String parent = "";
    int sent = 0;
    TrackedRun whole =
        RunTracks.run(run, store.read(Tables.FINDER_STEPS, run.runId()), store.toString());
    Optional<JsonNode> known = Optional.ofNullable(there.get(parent));
    String parentId =
        known.isPresent() ? id(known.get()) : created(experiment, run.runId(), List.of());
    if (isNew(known, whole)) {
      whole.send(client, parentId);
      sent++;
    }
    Map<String, List<TrainStepRow>> steps =
        byTrial(store.read(Tables.TRAIN_STEPS, run.runId()), TrainStepRow::trialId);
    Map<String, List<EpochRow>> epochs =
        byTrial(store.read(Tables.EPOCHS, run.runId()), EpochRow::trialId);
    for (TrialRow trial : store.read(Tables.TRIALS, run.runId())) {
      String name = trial.trialId();
      TrackedRun track =
          RunTracks.trial(
              run,
              trial,
              steps.getOrDefault(name, List.of()),
              epochs.getOrDefault(name, List.of()));
      Optional<JsonNode> child = Optional.ofNullable(there.get(name));
      if (isNew(child, track)) {
        String childId =
            child.isPresent()
                ? id(child.get())
                : created(
                    experiment, name, List.of(Entry.tag(TRIAL, name), Entry.tag(PARENT, parentId)));
        track.send(client, childId);
        sent++;
      }
    }
    return sent;
  }

  private static <R> Map<String, List<R>> byTrial(List<R> rows, Function<R, String> trialId) {
    return rows.stream().collect(Collectors.groupingBy(trialId));
  }

  private static boolean isNew(Optional<JsonNode> there, TrackedRun track) {
    return !there.map(node -> tag(node, TrackedRun.SENT)).orElse("").equals(track.fingerprint());
  }

  private String experiment() throws MlflowException {
    JsonNode found = client.get("experiments/get-by-name", "experiment_name", server.experiment());
    JsonNode id =
        found.isMissingNode()
            ? client
                .create(
                    "experiments/create", MlflowClient.object().put("name", server.experiment()))
                .path("experiment_id")
            : found.at("/experiment/experiment_id");
    return required(id, "an experiment_id");
  }

  /** By trial, and of the run itself by the empty name. */
  private Map<String, JsonNode> runsThere(String experiment) throws MlflowException {
    Map<String, JsonNode> runs = new HashMap<>();
    String page = "";
    do {
      ObjectNode body = MlflowClient.object();
      body.putArray("experiment_ids").add(experiment);
      body.put("filter", "tags.`" + RUN + "` = '" + run.runId() + "'");
      body.put("max_results", PAGE);
      if (!page.isEmpty()) {
        body.put("page_token", page);
      }
      JsonNode answer = client.post("runs/search", body);
      answer.path("runs").forEach(node -> runs.putIfAbsent(tag(node, TRIAL), node));
      page = answer.path("next_page_token").asText("");
    } while (!page.isEmpty());
    return runs;
  }

  private static String tag(JsonNode node, String key) {
    for (JsonNode tag : node.at("/data/tags")) {
      if (tag.path("key").asText().equals(key)) {
        return tag.path("value").asText();
      }
    }
    return "";
  }

  private static String id(JsonNode node) throws MlflowException {
    return required(node.at("/info/run_id"), "a run_id");
  }

  private String created(String experiment, String name, List<Entry> more) throws MlflowException {
    ObjectNode body =
        MlflowClient.object()
            .put("experiment_id", experiment)
            .put("run_name", name)
            .put("start_time", run.startedAt().toEpochMilli());
    ArrayNode tags = body.putArray("tags");
    tags.add(Entry.tag(RUN, run.runId()).json());
    tags.add(Entry.tag("mlflow.runName", name).json());
    more.forEach(tag -> tags.add(tag.json()));
    return id(client.create("runs/create", body).path("run"));
  }

  private static String required(JsonNode id, String what) throws MlflowException {
    if (id.asText("").isEmpty()) {
      throw MlflowException.lasting("an answer lacks " + what, null);
    }
    return id.asText();
  }
}
