package org.lrsweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which keys two experiments would train something else. */
public final class ConfigDifference {
  /** Where things lie and how many run at once changes no bit of what is trained. */
  private static final List<String> NEUTRAL =
      List.of(
          "output",
          "data.directory",
          "data.train",
          "data.train.",
          "data.storage",
          "sweep.parallel-trials",
          "sweep.time-budget",
          "sweep.max-failures",
          "sweep.prune",
          "checkpoint.",
          "notify.",
          "mlflow.");

  private ConfigDifference() {}

  /**
   * A line for each key that differs, as {@code sweep.epochs: 48 then, 24 now}; empty if none does
   * that matters to what is trained. A key that the first one lacks has come since it was written,
   * and counts as its default, which leaves what was trained as it was.
   *
   * @param then an experiment's JSON, as {@link ExperimentConfig#json}
   * @param now the other one's
   * @throws com.typesafe.config.ConfigException if one is no JSON
   */
  public static List<String> between(String then, String now) {
    SortedMap<String, String> before =
        leaves(ConfigLoader.reference().getConfig(ConfigLoader.ROOT));
    SortedMap<String, String> written = leaves(ConfigFactory.parseString(then));
    // Where a value was written as a section, its default is gone.
    before.keySet().removeIf(key -> hasSection(written, key));
    before.putAll(written);
    SortedMap<String, String> after = leaves(ConfigFactory.parseString(now));
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String was = before.get(key);
      String is = after.get(key);
      if (!isNeutral(key) && !Objects.equals(was, is)) {
        lines.add(
            key
                + ": "
                + (was == null ? "not there" : was)
                + " then, "
                + (is == null ? "not there" : is)
                + " now");
      }
    }
    return lines;
  }

  private static boolean isNeutral(String key) {
    return NEUTRAL.stream()
        .anyMatch(name -> name.endsWith(".") ? key.startsWith(name) : key.equals(name));
  }

  private static boolean hasSection(SortedMap<String, String> leaves, String key) {
    SortedMap<String, String> after = leaves.tailMap(key + ".");
    return !after.isEmpty() && after.firstKey().startsWith(key + ".");
  }

  private static SortedMap<String, String> leaves(Config experiment) {
    SortedMap<String, String> leaves = new TreeMap<>();
    collect(experiment.root(), "", leaves);
    return leaves;
  }

  private static void collect(ConfigObject section, String prefix, SortedMap<String, String> into) {
    section.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject child) {
            collect(child, prefix + key + ".", into);
          } else {
            into.put(prefix + key, rendered(value));
          }
        });
  }

  /** A number reads the same however it was written: 1.0e-2 as 0.01. */
  private static String rendered(ConfigValue value) {
    return value.unwrapped() instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : value.render(ConfigRenderOptions.concise());
  }
}
