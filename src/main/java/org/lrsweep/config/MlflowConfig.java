package org.lrsweep.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The MLflow tracking server that a run sends its results to.
 *
 * @param uri by http or https
 * @param experiment the name of MLflow's experiment, not blank
 */
public record MlflowConfig(URI uri, String experiment) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public MlflowConfig {
    Check.withoutPassword("mlflow.uri", uri.toString());
    Check.that(
        uri.getHost() != null && SCHEMES.contains(String.valueOf(uri.getScheme())),
        "mlflow.uri",
        "an http or https URI with a host, as http://localhost:5000, or null",
        uri);
    Check.that(!experiment.isBlank(), "mlflow.experiment", "a name", "a blank one");
  }

  static Optional<MlflowConfig> of(Optional<String> uri, String experiment) {
    return uri.map(MlflowConfig::parsed).map(server -> new MlflowConfig(server, experiment));
  }

  private static URI parsed(String text) {
    Check.withoutPassword("mlflow.uri", text);
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(
          "mlflow.uri must be an http or https URI with a host, found " + text, e);
    }
  }
}
