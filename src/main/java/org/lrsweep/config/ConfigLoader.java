package org.lrsweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an experiment from HOCON. A key's value is, in this order: the last {@code --set} that
 * names it, the experiment file's, that of a file which it includes, the default in {@code
 * reference.conf}. Within a file, and between it and its includes, the last one wins. Substitutions
 * see the values that win; they see no environment variables and no system properties.
 */
public final class ConfigLoader {
  static final String ROOT = "lrsweep";

  private ConfigLoader() {}

  /**
   * Reads and validates an experiment that is a text and includes nothing.
   *
   * @param text HOCON with everything under {@code lrsweep}
   * @param origin what messages call the text
   * @param settings {@code key=value} pairs, later ones win; the leading {@code lrsweep.} of a key
   *     may be left out
   * @throws InvalidConfigException as {@link #load(ConfigSource, List)}
   */
  public static ExperimentConfig load(String text, String origin, List<String> settings) {
    return load(new TextSource(origin, Optional.of(text)), settings);
  }

  /**
   * Whether a {@code key=value} of a command line sets {@code notify}, in whatever spelling: many a
   * webhook's URL is a secret.
   */
  public static boolean setsSecret(String setting) {
    try {
      return new Setting(setting, ROOT).path().get(1).equals("notify");
    } catch (InvalidConfigException e) {
      return false;
    }
  }

  /** Every key with its default. */
  static Config reference() {
    return ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), "reference.conf")
        .withOnlyPath(ROOT);
  }

  /**
   * Reads and validates an experiment.
   *
   * @param file HOCON, JSON or Java properties, by the ending of its name, with everything under
   *     {@code lrsweep}
   * @param settings {@code key=value} pairs, later ones win; the leading {@code lrsweep.} of a key
   *     may be left out
   * @throws InvalidConfigException if a file can't be read or is not HOCON, a key is unknown, or a
   *     value is of the wrong type or out of its range
   */
  public static ExperimentConfig load(ConfigSource file, List<String> settings) {
    Config reference = reference();
    KnownKeys known = new KnownKeys(reference.getObject(ROOT), ROOT);
    try {
      Config experiment = Includes.parse(file, text(file));
      for (String each : settings) {
        Setting setting = new Setting(each, ROOT);
        String hocon = setting.hocon(known.type(setting.path(), setting.origin()));
        experiment = Includes.parse(file, hocon, setting.origin()).withFallback(experiment);
      }
      ConfigObject all =
          experiment
              .withFallback(reference)
              .resolve(ConfigResolveOptions.noSystem().appendResolver(new NoSuchKey(file.name())))
              .root();
      for (Map.Entry<String, ConfigValue> entry : all.entrySet()) {
        if (!entry.getKey().equals(ROOT)) {
          throw new InvalidConfigException(
              Origins.of(entry.getValue())
                  + ": unknown key '"
                  + entry.getKey()
                  + "'; every key stands under '"
                  + ROOT
                  + " { }'");
        }
      }
      ConfigObject resolved = all.toConfig().getObject(ROOT);
      known.require(resolved);
      // Whom a run tells of its end may be secret, and makes no difference to its results.
      String json =
          resolved.withoutKey("notify").withoutKey("mlflow").render(ConfigRenderOptions.concise());
      return new ConfigReader(resolved).experiment(json);
    } catch (ConfigException e) {
      throw new InvalidConfigException(e.getMessage() + mend(e), e);
    }
  }

  private static String text(ConfigSource file) {
    try {
      return file.text().orElseThrow(() -> unreadable(file, "there is no such file", null));
    } catch (IOException e) {
      throw unreadable(file, e.getMessage(), e);
    }
  }

  private static InvalidConfigException unreadable(
      ConfigSource file, String reason, Throwable cause) {
    return new InvalidConfigException(
        "--config "
            + file.name()
            + " can't be read ("
            + reason
            + "); name an experiment file, as conf/quickstart.conf",
        cause);
  }

  private static String mend(ConfigException e) {
    return e.getMessage().contains("include url() specifies an invalid URL")
        ? "; write the include without url(), as Hadoop's file systems may know it"
        : "";
  }
}
