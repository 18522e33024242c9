package org.lrsweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads an experiment from HOCON. A key's value is, in this order: the last {@code --set} that
 * names it, the experiment file's, the default in {@code reference.conf}.
 */
public final class ConfigLoader {
  private static final String ROOT = "lrsweep";

  /** HOCON would take a URI's colon for a mistake, and two slashes for a comment. */
  private static final Pattern PATH_OR_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:|[./]");

  private ConfigLoader() {}

  /**
   * Reads and validates an experiment.
   *
   * @param text the experiment file's text, HOCON with everything under {@code lrsweep}
   * @param origin the file's name, for messages
   * @param settings {@code key=value} pairs, later ones win; the leading {@code lrsweep.} of a key
   *     may be left out
   * @throws InvalidConfigException if the text is not HOCON, a key is unknown, or a value is of the
   *     wrong type or out of its range
   */
  public static ExperimentConfig load(String text, String origin, List<String> settings) {
    Config reference =
        ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), "reference.conf")
            .withOnlyPath(ROOT);
    KnownKeys known = new KnownKeys(reference.getObject(ROOT), ROOT);
    try {
      Config experiment = parse(text, origin);
      for (String key : experiment.root().keySet()) {
        if (!key.equals(ROOT)) {
          throw new InvalidConfigException(
              origin + ": unknown key '" + key + "'; every key stands under '" + ROOT + " { }'");
        }
      }
      require(known, experiment, origin);
      for (String setting : settings) {
        Config set = parse(qualified(setting), "--set " + setting);
        require(known, set, "--set");
        experiment = set.withFallback(experiment);
      }
      Config resolved = experiment.withFallback(reference).getConfig(ROOT);
      String json = resolved.root().render(ConfigRenderOptions.concise());
      return new ConfigReader(resolved).experiment(json);
    } catch (ConfigException e) {
      throw new InvalidConfigException(e.getMessage(), e);
    }
  }

  private static Config parse(String text, String origin) {
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription(origin))
        .resolve(ConfigResolveOptions.noSystem());
  }

  private static void require(KnownKeys known, Config config, String origin) {
    if (config.hasPath(ROOT)) {
      known.require(config.getObject(ROOT), origin);
    }
  }

  private static String qualified(String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw new InvalidConfigException(
          "--set needs key=value, as in --set sweep.epochs=3; found '" + setting + "'");
    }
    String key = setting.substring(0, equals).strip();
    String value = setting.substring(equals + 1).strip();
    return (key.startsWith(ROOT + ".") ? key : ROOT + "." + key)
        + "="
        + (PATH_OR_URI.matcher(value).lookingAt() ? ConfigUtil.quoteString(value) : value);
  }
}
