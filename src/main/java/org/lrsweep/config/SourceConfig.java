package org.lrsweep.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A user's own data, of the format that {@code data.dataset} names.
 *
 * @param train the training data
 * @param test the test part
 * @param validation what trials are chosen by
 * @param group the column whose equal values keep rows in one part; empty for none
 * @param options of Spark's reader
 * @param features the columns; empty for all that are nothing else
 * @param label the column of labels
 * @param task {@code classification}, {@code multi-label} or {@code regression}
 * @param shape [channels, height, width], [channels, most steps] or [length]; empty to take it from
 *     the data
 * @param classes the labels in their order; empty to take them from the data
 * @param scaling {@code unit}, {@code standardize} or {@code none}
 * @param storage {@code memory}, {@code disk} or {@code auto}
 * @param onBadRows {@code fail} or {@code skip}
 */
public record SourceConfig(
    DataPart train,
    DataPart test,
    DataPart validation,
    Optional<String> group,
    Map<String, String> options,
    List<String> features,
    String label,
    String task,
    List<Integer> shape,
    List<String> classes,
    String scaling,
    String storage,
    String onBadRows) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public SourceConfig {
    SortedMap<String, String> sorted = new TreeMap<>(options);
    options = Collections.unmodifiableSortedMap(sorted);
    features = List.copyOf(features);
    shape = List.copyOf(shape);
    classes = List.copyOf(classes);
    train = paths("data.train", train);
    Check.that(
        !(train instanceof DataPart.Fraction), "data.train", "a path or a list of paths", train);
    test = paths("data.test", test);
    if (validation instanceof DataPart.Paths || validation instanceof DataPart.None) {
      validation = paths("data.validation", validation);
    }
    Check.that(
        !(validation instanceof DataPart.None),
        "data.validation",
        "a fraction of train, a path, a boolean column's name or test",
        "null");
    double kept = 1 - fraction("data.test", test) - fraction("data.validation", validation);
    Check.that(
        kept > 0, "data.test + data.validation", "fractions that sum to less than 1", 1 - kept);
    Check.that(!label.isBlank(), "data.label", "a column's name", "'" + label + "'");
    Check.that(
        new HashSet<>(features).size() == features.size() && !features.contains(label),
        "data.features",
        "different columns, none of them data.label",
        features);
    Check.that(
        group.filter(column -> column.isBlank() || column.equals(label)).isEmpty(),
        "data.group",
        "a column other than data.label",
        "'" + group.orElse("") + "'");
    Check.that(
        shape.size() <= 3 && shape.stream().allMatch(size -> size >= 1),
        "data.shape",
        "[channels, height, width], [channels, steps] or [length], each >= 1",
        shape);
    Check.that(
        classes.isEmpty() || (classes.size() >= 2 && Set.copyOf(classes).size() == classes.size()),
        "data.classes",
        "at least two different labels",
        classes);
    oneOf("data.task", task, "classification", "multi-label", "regression");
    Check.that(
        classes.isEmpty() || !task.equals("regression"),
        "data.classes",
        "empty, since data.task is regression",
        classes);
    oneOf("data.scaling", scaling, "unit", "standardize", "none");
    oneOf("data.storage", storage, "memory", "disk", "auto");
    oneOf("data.on-bad-rows", onBadRows, "fail", "skip");
  }

  /** A word for train or test can only be a path. */
  private static DataPart paths(String key, DataPart part) {
    DataPart found =
        part instanceof DataPart.Named named ? new DataPart.Paths(List.of(named.name())) : part;
    if (found instanceof DataPart.Paths some) {
      Check.that(!some.paths().isEmpty(), key, "at least one path", "[]");
      for (String path : some.paths()) {
        Check.that(!path.isBlank(), key, "a path or a Hadoop URI", "'" + path + "'");
        Check.withoutPassword(key, path);
      }
    } else if (found instanceof DataPart.IdxFiles files) {
      Check.withoutPassword(key, files.images());
      Check.withoutPassword(key, files.labels());
    }
    return found;
  }

  private static double fraction(String key, DataPart part) {
    if (part instanceof DataPart.Fraction fraction) {
      Check.that(fraction.of() > 0 && fraction.of() < 1, key, "> 0 and < 1", fraction.of());
      return fraction.of();
    }
    return 0;
  }

  private static void oneOf(String key, String found, String... known) {
    Check.that(
        List.of(known).contains(found),
        key,
        known.length == 1 ? known[0] : "one of " + String.join(", ", known),
        "'" + found + "'");
  }
}
