package org.lrsweep.export.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A parameter or a tag.
 *
 * @param key letters, digits and {@code _ - . / :}
 * @param value its text
 */
record Entry(String key, String value) {
  /** Of MLflow's stores the least that one takes. */
  private static final int LONGEST_VALUE = 500;

  private static final int LONGEST_TAG = 5_000;

  static Entry parameter(String key, Object value) {
    return new Entry(key, shortened(String.valueOf(value), LONGEST_VALUE));
  }

  static Entry tag(String key, Object value) {
    return new Entry(key, shortened(String.valueOf(value), LONGEST_TAG));
  }

  private static String shortened(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest - 4) + " ...";
  }

  ObjectNode json() {
    return MlflowClient.object().put("key", key).put("value", value);
  }
}
