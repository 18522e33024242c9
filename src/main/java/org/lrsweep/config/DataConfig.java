package org.lrsweep.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which examples, and how they are prepared.
 *
 * @param dataset the data set's name, or {@code auto}
 * @param directory folder or Hadoop URI of the idx files
 * @param trainExamples use only the first so many training examples, {@code >= 1}
 * @param testExamples use only the first so many test examples, {@code >= 1}
 * @param imageSize height and width after resizing, in pixels, {@code 8 <= imageSize <= 512}
 * @param shift largest random shift as a fraction of height and width, {@code 0 <= shift < 0.5}
 * @param horizontalFlip whether every second training image is mirrored
 * @param crop pixels of black around a training image before a window of its size is cut out of it,
 *     {@code 0 <= crop <= 64}
 * @param source a user's own data; of no meaning to the named sets
 */
public record DataConfig(
    String dataset,
    Optional<String> directory,
    OptionalInt trainExamples,
    OptionalInt testExamples,
    int imageSize,
    double shift,
    boolean horizontalFlip,
    int crop,
    SourceConfig source) {

  /**
   * @throws InvalidConfigException if a value is out of its range
   */
  public DataConfig {
    directory.ifPresent(
        place ->
            Check.that(
                !place.isBlank(),
                "data.directory",
                "a folder, a Hadoop URI or null",
                "'" + place + "'"));
    trainExamples.ifPresent(n -> Check.atLeast(1, "data.train-examples", n));
    testExamples.ifPresent(n -> Check.atLeast(1, "data.test-examples", n));
    Check.that(imageSize >= 8 && imageSize <= 512, "data.image-size", ">= 8 and <= 512", imageSize);
    Check.that(shift >= 0 && shift < 0.5, "data.augmentation.shift", ">= 0 and < 0.5", shift);
    Check.that(crop >= 0 && crop <= 64, "data.augmentation.crop", ">= 0 and <= 64", crop);
  }
}
