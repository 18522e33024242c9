package org.lrsweep.ingest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lrsweep.data.InvalidDataException;

/** What a user's data must be to be trained on; what is not is said in a sentence. */
final class SetCheck {
  private static final int MOST_CLASSES = 10_000;
  private static final int SHOWN = 5;

  private SetCheck() {}

  /**
   * Refuses unusable rows, unless they are skipped, and sets without any other.
   *
   * @param part what messages call the set
   */
  static void rows(String part, SetSummary set, boolean skips) {
    if (set.unusable() > 0 && !skips) {
      throw new InvalidDataException(
          "%s of data.%s can't be used. %s%s. Mend them, or leave them out by data.on-bad-rows = skip"
              .formatted(
                  rows(set.unusable()),
                  part,
                  String.join(". ", set.problems().stream().limit(SHOWN).toList()),
                  set.unusable() > SHOWN ? ", and others" : ""));
    }
    if (set.examples() == 0) {
      throw new InvalidDataException(
          "data.%s has no example%s; see to its path and data.dataset"
              .formatted(
                  part,
                  set.unusable() > 0
                      ? " among " + rows(set.unusable()) + " (" + set.problems().get(0) + ")"
                      : ""));
    }
    if (set.examples() > Integer.MAX_VALUE) {
      throw new InvalidDataException(
          "data.%s has %s examples, and at most 2^31 - 1 can be trained on"
              .formatted(part, set.examples()));
    }
  }

  static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  /** The labels in their order: whole numbers by value, others as texts. */
  static List<String> classes(SetSummary train, List<String> given) {
    Set<String> found = train.labels().keySet();
    if (!given.isEmpty()) {
      requireKnown("train", train, given);
      List<String> missing = given.stream().filter(name -> !found.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new InvalidDataException(
            "data.classes has labels that no training example has: %s; leave them out"
                .formatted(shown(missing)));
      }
      return given;
    }
    if (found.size() < 2) {
      throw new InvalidDataException(
          "data.train must have at least two classes, found only '%s'; see to data.label"
              .formatted(found.iterator().next()));
    }
    if (found.size() > MOST_CLASSES) {
      throw new InvalidDataException(
          "data.train has %s different labels, as %s, which can't be classes; see to data.label"
              .formatted(found.size(), shown(found)));
    }
    List<String> names = new ArrayList<>(found);
    if (names.stream().allMatch(name -> name.matches("-?[0-9]{1,18}"))) {
      names.sort(Comparator.comparing(BigInteger::new));
    }
    return List.copyOf(names);
  }

  /** Refuses labels that are none of the classes. */
  static void requireKnown(String part, SetSummary set, List<String> classes) {
    Set<String> unknown = new TreeSet<>(set.labels().keySet());
    classes.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new InvalidDataException(
          "data.%s has labels that are none of the classes of data.train: %s; take these examples out of it, or add some to data.train"
              .formatted(part, shown(unknown)));
    }
  }

  /**
   * Refuses a division that leaves nothing to train on, of some class, or nothing to judge by.
   *
   * @param counts how many examples each part has of each class
   */
  static void parts(
      Map<Part, Map<String, Long>> counts, List<String> classes, PartitionRequest request) {
    Set<String> missing = new TreeSet<>(classes);
    missing.removeAll(counts.getOrDefault(Part.TRAIN, Map.of()).keySet());
    if (!counts.containsKey(Part.TRAIN)) {
      throw new InvalidDataException("no example is left to train on; see to data.validation");
    }
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "no example is left to train on of class %s; leave some of each class to it, by data.validation and data.test"
              .formatted(shown(missing)));
    }
    if (request.validationMarked() && !counts.containsKey(Part.VALIDATION)) {
      throw new InvalidDataException(
          "data.validation: its column is true for no row of data.train");
    }
    String cause =
        request.group().isEmpty()
            ? "no class has enough different ones"
            : "data.group = " + request.group() + " has too few groups";
    fraction(
        "validation", request.validationFraction(), counts.containsKey(Part.VALIDATION), cause);
    fraction("test", request.testFraction(), counts.containsKey(Part.TEST), cause);
  }

  private static void fraction(String part, double fraction, boolean found, String cause) {
    if (fraction > 0 && !found) {
      throw new InvalidDataException(
          "data.%s = %s takes no example of data.train, since %s; give a path instead, or more data"
              .formatted(part, fraction, cause));
    }
  }

  static String shown(Collection<String> labels) {
    return labels.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (labels.size() > SHOWN ? " and " + (labels.size() - SHOWN) + " more" : "");
  }

  /** The one shape of all sets; of grey and colour images together, that of the colour ones. */
  static int[] shape(Map<String, SetSummary> sets) {
    Map<String, Long> shapes = new TreeMap<>();
    for (SetSummary set : sets.values()) {
      SortedMap<String, Long> found = set.shapes();
      found.forEach((shape, count) -> shapes.merge(shape, count, Long::sum));
    }
    if (shapes.keySet().stream().allMatch(shape -> shape.matches("[0-9]+x[0-9]+"))) {
      return sequences(shapes.keySet());
    }
    List<String> different = new ArrayList<>(shapes.keySet());
    if (different.size() == 2) {
      String grey = different.get(0);
      String colour = different.get(1);
      if (grey.startsWith("1x") && colour.equals("3x" + grey.substring(2))) {
        different.remove(grey);
      }
    }
    if (different.size() > 1) {
      throw new InvalidDataException(
          "all examples must have equally many numbers, found %s; take out the odd ones, or set data.shape and data.on-bad-rows = skip"
              .formatted(
                  shapes.entrySet().stream()
                      .limit(SHOWN)
                      .map(shape -> shape.getKey() + " (" + rows(shape.getValue()) + ")")
                      .collect(Collectors.joining(", "))));
    }
    return Pattern.compile("x")
        .splitAsStream(different.get(0))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /** Sequences of one number of channels, as long as the longest. */
  private static int[] sequences(Set<String> shapes) {
    int[] longest = {0, 0};
    for (String shape : shapes) {
      int between = shape.indexOf('x');
      longest[0] = Integer.parseInt(shape.substring(0, between));
      longest[1] = Math.max(longest[1], Integer.parseInt(shape.substring(between + 1)));
    }
    return longest;
  }

  /** Refuses to divide by 255 what are no bytes. */
  static void unit(String part, SetSummary set) {
    if (!set.bytes()) {
      throw new InvalidDataException(
          "data.scaling = unit divides bytes, the whole numbers 0 to 255, by 255, but data.%s has numbers from %s to %s; set data.scaling = standardize, or none"
              .formatted(part, (float) set.min(), (float) set.max()));
    }
  }
}
