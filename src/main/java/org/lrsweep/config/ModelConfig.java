package org.lrsweep.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What is trained.
 *
 * @param network a network's name, a path or URI of one, or {@code class:} and a class's name
 * @param weights what it starts from
 */
public record ModelConfig(String network, Weights weights) {

  /** What a network from a file starts from. */
  public enum Weights {
    /** The weights that it comes with, to fine-tune them. */
    KEEP,
    /** Random ones. */
    FRESH;

    static Weights of(String label) {
      return Arrays.stream(values())
          .filter(weights -> weights.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidConfigException(
                      "model.weights must be one of %s, found '%s'"
                          .formatted(
                              Arrays.stream(values())
                                  .map(Weights::label)
                                  .collect(Collectors.joining(", ")),
                              label)));
    }

    private String label() {
      return this == KEEP ? "keep" : "fresh";
    }
  }

  /**
   * @throws InvalidConfigException if the network is blank, or a URI with a password
   */
  public ModelConfig {
    Check.that(!network.isBlank(), "model.network", "a name, a path or a URI", "''");
    Check.withoutPassword("model.network", network);
  }
}
