package org.lrsweep.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How steps are computed.
 *
 * @param precision the number format of activations and their gradients between layers
 */
public record TrainingConfig(PrecisionChoice precision) {

  /** A number format, or the rule that chooses one. */
  public enum PrecisionChoice {
    /** Single precision. */
    FLOAT("float"),
    /** The upper half of a float, everywhere or not at all. */
    BFLOAT16("bfloat16"),
    /**
     * Bfloat16 where it has been compared with float and every CPU multiplies in it, else float.
     */
    AUTO("auto");

    private final String label;

    PrecisionChoice(String label) {
      this.label = label;
    }

    static PrecisionChoice of(String label) {
      return Arrays.stream(values())
          .filter(precision -> precision.label.equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidConfigException(
                      "training.precision must be one of %s, found '%s'"
                          .formatted(
                              Arrays.stream(values())
                                  .map(each -> each.label)
                                  .collect(Collectors.joining(", ")),
                              label)));
    }
  }
}
