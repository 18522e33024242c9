package org.lrsweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The includes of an experiment's file, which lie where the file does. HOCON would ignore one that
 * isn't there, and train with defaults; here it is refused.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** What HOCON adds to a name without one of them, the strongest first. */
  private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

  private final ConfigSource file;

  /** The file, and before it those that include it. */
  private final List<String> trail;

  private Includes(ConfigSource file, List<String> trail) {
    this.file = file;
    this.trail = trail;
  }

  /** Parses a file's text with its includes; substitutions are left as they are. */
  static Config parse(ConfigSource file, String text) {
    return of(file).parse(text, file.name(), syntax(file));
  }

  /**
   * Parses a text that isn't in the file, but whose includes are relative to it.
   *
   * @param origin what messages call the text
   */
  static Config parse(ConfigSource file, String text, String origin) {
    return of(file).parse(text, origin, ConfigParseOptions.defaults());
  }

  private static Includes of(ConfigSource file) {
    return new Includes(file, List.of(file.name()));
  }

  private static ConfigParseOptions syntax(ConfigSource file) {
    return ConfigParseOptions.defaults().setSyntaxFromFilename(file.name());
  }

  private Config parse(String text, String origin, ConfigParseOptions options) {
    return ConfigFactory.parseString(
        text, options.setOriginDescription(Secrets.masked(origin)).setIncluder(this));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    Optional<ConfigObject> found = read(what);
    if (found.isEmpty() && EXTENSIONS.stream().noneMatch(what::endsWith)) {
      found =
          EXTENSIONS.stream()
              .flatMap(extension -> read(what + extension).stream())
              .reduce(ConfigObject::withFallback);
    }
    return found.orElseThrow(
        () ->
            refused(
                what,
                "there is no "
                    + file.included(what).name()
                    + "; correct the name, which is relative to the including file, or leave the"
                    + " include out"));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return include(context, what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused(what, "files of the class path can't be included; name a file or a Hadoop URI");
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  private Optional<ConfigObject> read(String what) {
    try {
      ConfigSource included = file.included(what);
      List<String> longer = new ArrayList<>(trail);
      longer.add(included.name());
      if (trail.contains(included.name())) {
        throw refused(
            what,
            "that goes round in a circle: " + String.join(", then ", longer) + "; leave one out");
      }
      Includes includes = new Includes(included, longer);
      return included
          .text()
          .map(text -> includes.parse(text, included.name(), syntax(included)).root());
    } catch (IOException | IllegalArgumentException e) {
      throw refused(what, "that can't be read (" + e.getMessage() + ")");
    }
  }

  private InvalidConfigException refused(String what, String reason) {
    return new InvalidConfigException(file.name() + " includes \"" + what + "\", but " + reason);
  }
}
