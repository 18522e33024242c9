package org.lrsweep.ingest.preview;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run would see of its data.
 *
 * @param name what tables call it
 * @param sha256 of what was read, in hexadecimal
 * @param shape of an example, [channels, height, width] or [length]
 * @param numbers what an example's numbers are: {@link #BYTES} or {@link #FLOATS}
 * @param min the lowest number of the training data
 * @param max the highest number of the training data
 * @param scaling what is done to the numbers
 * @param classes in the order of the network's outputs
 * @param counts how many examples each part has of each class, part by part
 * @param storage where the examples lie while a run trains, and how much they take
 * @param examples the first of the training part
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record Preview(
    String name,
    String sha256,
    int[] shape,
    String numbers,
    double min,
    double max,
    String scaling,
    List<String> classes,
    Map<String, Map<String, Long>> counts,
    String storage,
    List<ShownExample> examples) {

  /** Whole numbers from 0 to 255. */
  public static final String BYTES = "bytes";

  /** Any numbers. */
  public static final String FLOATS = "32-bit numbers";

  /** Copies the collections. */
  public Preview {
    classes = List.copyOf(classes);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    examples = List.copyOf(examples);
  }

  /** What it is, in a line. */
  public String title() {
    String validation = "validation";
    String judged =
        examples(validation) == 0
            ? " and %s test".formatted(examples("test"))
            : ", %s validation and %s test".formatted(examples(validation), examples("test"));
    // A classification has two classes at least.
    String of = classes.size() < 2 ? "" : " of %s classes".formatted(classes.size());
    return "%s: %s training%s %s%s, SHA-256 %s"
        .formatted(
            name, examples("train"), judged, shape.length == 3 ? "images" : "examples", of, sha256);
  }

  /** The number that a picture shows as black. */
  double black() {
    return numbers.equals(BYTES) ? 0 : min;
  }

  /** The number that a picture shows as white. */
  double white() {
    return numbers.equals(BYTES) ? 255 : max;
  }

  /** Examples of a part; 0 if there is no such part. */
  long examples(String part) {
    return counts.getOrDefault(part, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }
}
