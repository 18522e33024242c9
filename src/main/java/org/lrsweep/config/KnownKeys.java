package org.lrsweep.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The keys of {@code reference.conf}; refuses every other by name. */
final class KnownKeys {
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance();
  private static final int FARTHEST_HINT = 4;

  private final ConfigObject reference;
  private final String root;

  KnownKeys(ConfigObject reference, String root) {
    this.reference = reference;
    this.root = root;
  }

  /**
   * @throws InvalidConfigException naming the first key of {@code found} that the reference lacks
   */
  void require(ConfigObject found, String origin) {
    require(found, reference, "", origin);
  }

  private void require(ConfigObject found, ConfigObject known, String prefix, String origin) {
    for (Map.Entry<String, ConfigValue> entry : found.entrySet()) {
      String path = prefix + entry.getKey();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw new InvalidConfigException(
            origin + ": unknown key '" + root + "." + path + "'" + hint(path));
      }
      boolean section = expected.valueType() == ConfigValueType.OBJECT;
      if (section != (entry.getValue().valueType() == ConfigValueType.OBJECT)) {
        throw new InvalidConfigException(
            origin + ": " + root + "." + path + " must be " + (section ? "a section" : "a value"));
      }
      if (section) {
        require((ConfigObject) entry.getValue(), (ConfigObject) expected, path + ".", origin);
      }
    }
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
