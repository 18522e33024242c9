package org.lrsweep.schedule;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values by their names. */
final class Labels {
  private Labels() {}

  static <T> T find(String label, List<T> values, Function<T, String> labels) {
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
}
