package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A value of a curve.
 *
 * @param value finite, as JSON has no other numbers
 * @param millis since 1970; with the rest it tells a value that was sent before
 */
record CurvePoint(String key, double value, long millis, long step) {
  ObjectNode json() {
    return MlflowClient.object()
        .put("key", key)
        .put("value", value)
        .put("timestamp", millis)
        .put("step", step);
  }
}
