package org.lrsweep.data.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.FashionMnist;

/** Which data set a configuration asks for. */
public enum DatasetChoice {
  /** Fashion-MNIST, or the generated garments where it cannot be had. */
  AUTO("auto"),
  /** Fashion-MNIST and nothing else. */
  FASHION_MNIST(FashionMnist.NAME),
  /** The generated garments and nothing else. */
  GENERATED_GARMENTS(GeneratedGarments.NAME);

  private final String key;

  DatasetChoice(String key) {
    this.key = key;
  }

  /** How configurations spell it. */
  public String key() {
    return key;
  }

  /**
   * The choice that configurations spell like this.
   *
   * @throws IllegalArgumentException if none is
   */
  public static DatasetChoice ofKey(String key) {
    return Arrays.stream(values())
        .filter(choice -> choice.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a data set must be one of %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(DatasetChoice::key)
                                .collect(Collectors.joining(", ")),
                            key)));
  }
}
