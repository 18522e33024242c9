package org.lrsweep.schedule;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values by their names. */
public final class Labels {
  private Labels() {}

  /**
   * The value of a name.
   *
   * @param labels the name of each value
   * @throws IllegalArgumentException if none has it: {@code must be one of a, b, found c}
   */
  public static <T> T find(String label, List<T> values, Function<T, String> labels) {
    return values.stream()
        .filter(value -> labels.apply(value).equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of %s, found %s"
                        .formatted(
                            values.stream().map(labels).collect(Collectors.joining(", ")), label)));
  }

  /** The same; the message begins with what the values are. */
  public static <T> T find(String what, String label, List<T> values, Function<T, String> labels) {
    try {
      return find(label, values, labels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " " + e.getMessage(), e);
    }
  }
}
