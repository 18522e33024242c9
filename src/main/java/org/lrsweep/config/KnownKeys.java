package org.lrsweep.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The keys of {@code reference.conf}; refuses every other by name. */
final class KnownKeys {
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance();
  private static final int FARTHEST_HINT = 4;

  /** Keys whose value may be a section of any keys. */
  private static final Set<String> OPEN =
      Set.of("data.train", "data.test", "data.validation", "data.options");

  private final ConfigObject reference;
  private final String root;

  KnownKeys(ConfigObject reference, String root) {
    this.reference = reference;
    this.root = root;
  }

  /**
   * @throws InvalidConfigException naming the first key of {@code found} that the reference lacks,
   *     and where it stands
   */
  void require(ConfigObject found) {
    require(found, reference, "");
  }

  /**
   * The type of a key's default.
   *
   * @param path the key, from the root on
   * @param origin where it stands
   * @throws InvalidConfigException if the reference lacks it
   */
  ConfigValueType type(List<String> path, String origin) {
    List<String> below = path.subList(1, path.size());
    ConfigValue value = reference;
    for (int i = 0; i < below.size(); i++) {
      if (i > 0 && OPEN.contains(String.join(".", below.subList(0, i)))) {
        return ConfigValueType.NULL;
      }
      String name = below.get(i);
      value = value instanceof ConfigObject section ? section.get(name) : null;
      if (value == null) {
        throw unknown(String.join(".", below), origin);
      }
    }
    return value.valueType();
  }

  private void require(ConfigObject found, ConfigObject known, String prefix) {
    for (Map.Entry<String, ConfigValue> entry : found.entrySet()) {
      String path = prefix + entry.getKey();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw unknown(path, Origins.of(entry.getValue()));
      }
      if (OPEN.contains(path)) {
        continue;
      }
      boolean section = expected.valueType() == ConfigValueType.OBJECT;
      if (section != (entry.getValue().valueType() == ConfigValueType.OBJECT)) {
        throw new InvalidConfigException(
            Origins.of(entry.getValue())
                + ": "
                + root
                + "."
                + path
                + " must be "
                + (section ? "a section" : "a value")
                + ", found "
                + Origins.shown(entry.getValue()));
      }
      if (section) {
        require((ConfigObject) entry.getValue(), (ConfigObject) expected, path + ".");
      }
    }
  }

  private InvalidConfigException unknown(String path, String origin) {
    return new InvalidConfigException(
        origin + ": unknown key '" + root + "." + path + "'" + hint(path));
  }

  private String hint(String wanted) {
    Set<String> paths = new TreeSet<>();
    collect(reference, "", paths);
    String nearest = null;
    int best = FARTHEST_HINT;
    for (String path : paths) {
      int distance = Math.min(DISTANCE.apply(path, wanted), DISTANCE.apply(leaf(path), wanted));
      distance = Math.min(distance, 1 + DISTANCE.apply(leaf(path), leaf(wanted)));
      if (distance < best) {
        best = distance;
        nearest = path;
      }
    }
    return nearest == null
        ? "; reference.conf lists every key"
        : "; did you mean '" + root + "." + nearest + "'?";
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static void collect(ConfigObject section, String prefix, Set<String> paths) {
    section.forEach(
        (key, value) -> {
          paths.add(prefix + key);
          if (value instanceof ConfigObject child) {
            collect(child, prefix + key + ".", paths);
          }
        });
  }
}
