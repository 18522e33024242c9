package org.lrsweep.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a network is to say of an example. */
public enum Task {
  /** Which one of several classes it belongs to. */
  CLASSIFICATION,
  /** Which of several labels hold for it: any number of them. */
  MULTI_LABEL,
  /** One number or several. */
  REGRESSION;

  /** The name in the configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The task of a name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Task of(String key) {
    return Arrays.stream(values())
        .filter(task -> task.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Task::key)
                                .collect(Collectors.joining(", ")),
                            key)));
  }
}
