package org.lrsweep.export.mlflow;

import java.net.URI;
import java.time.Duration;

/**
 * Where results are sent.
 *
 * @param uri of the tracking server, by http or https, as {@code http://localhost:5000}
 * @param experiment the name of MLflow's experiment, which is made if it isn't there
 * @param limit how long sending may take in all, {@code > 0}
 */
public record MlflowServer(URI uri, String experiment, Duration limit) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if the URI is none of http or https with a host, or the name
   *     is blank
   */
  public MlflowServer {
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "must be an http or https URI with a host, as http://localhost:5000, found " + uri);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "must hold no password; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
              + " MLFLOW_TRACKING_TOKEN");
    }
    if (experiment.isBlank()) {
      throw new IllegalArgumentException("MLflow's experiment must have a name, found a blank one");
    }
  }
}
