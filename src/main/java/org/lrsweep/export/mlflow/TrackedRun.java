package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A run of MLflow's: what there is to send of it, and sending it, in requests of as much as the
 * interface takes.
 */
final class TrackedRun {
  private static final int METRICS_AT_ONCE = 1_000;
  private static final int ENTRIES_AT_ONCE = 100;

  /** Tells, once all else is there, what was sent: a run that was cut off lacks it. */
  static final String SENT = "lrsweep.sent";

  private final List<Entry> parameters = new ArrayList<>();
  private final List<Entry> tags = new ArrayList<>();
  private final List<CurvePoint> metrics = new ArrayList<>();
  private final String status;
  private final long endMillis;

  /**
   * @param status MLflow's: RUNNING, FINISHED, FAILED or KILLED
   * @param endMillis when it ended, since 1970
   */
  TrackedRun(String status, long endMillis) {
    this.status = status;
    this.endMillis = endMillis;
  }

  void parameter(String key, Object value) {
    if (value != null) {
      parameters.add(Entry.parameter(key, value));
    }
  }

  void tag(String key, Object value) {
    if (value != null) {
      tags.add(Entry.tag(key, value));
    }
  }

  /** A value that is not there, or not finite, is left out. */
  void metric(String key, Double value, long millis, long step) {
    if (value != null && Double.isFinite(value)) {
      metrics.add(new CurvePoint(key, value, millis, step));
    }
  }

  /** What changes when there is more to send than before. */
  String fingerprint() {
    return status + " " + endMillis + " " + metrics.size();
  }

  /**
   * Sends all of it; what was sent before is the same again.
   *
   * @param id by which the server knows the run
   */
  void send(MlflowClient client, String id) throws MlflowException {
    batches(client, id, "params", parameters, ENTRIES_AT_ONCE, Entry::json);
    batches(client, id, "tags", tags, ENTRIES_AT_ONCE, Entry::json);
    batches(client, id, "metrics", metrics, METRICS_AT_ONCE, CurvePoint::json);
    ObjectNode update = MlflowClient.object().put("run_id", id).put("status", status);
    if (!status.equals("RUNNING")) {
      update.put("end_time", endMillis);
    }
    client.post("runs/update", update);
    batches(client, id, "tags", List.of(Entry.tag(SENT, fingerprint())), 1, Entry::json);
  }

  private static <T> void batches(
      MlflowClient client,
      String id,
      String kind,
      List<T> all,
      int atOnce,
      Function<T, JsonNode> json)
      throws MlflowException {
    for (int from = 0; from < all.size(); from += atOnce) {
      ObjectNode body = MlflowClient.object().put("run_id", id);
      ArrayNode batch = body.putArray(kind);
      all.subList(from, Math.min(all.size(), from + atOnce)).stream().map(json).forEach(batch::add);
      client.post("runs/log-batch", body);
    }
  }
}
