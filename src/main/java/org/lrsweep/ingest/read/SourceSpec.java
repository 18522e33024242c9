package org.lrsweep.ingest.read;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What to read, and what of it.
 *
 * @param format {@code image-folder}, {@code idx}, {@code table} or a format of Spark's
 * @param paths files or folders, paths or Hadoop URIs; of idx a folder or two files, features and
 *     labels; of tables their names
 * @param part of an idx folder: which of its parts this is
 * @param options of Spark's reader
 * @param features columns; empty for all that are nothing else
 * @param label the label's column
 * @param labels what the label's column holds
 * @param mark a boolean column that marks the rows of the validation part; empty for none
 * @param group a column whose equal values keep rows together; empty for none
 * @param shape [channels, height, width], [channels, most steps] or [length]; empty to take it from
 *     the data
 * @param imageSize height and width of images where {@code shape} doesn't say them, in pixels
 */
public record SourceSpec(
    String format,
    List<String> paths,
    Part part,
    Map<String, String> options,
    List<String> features,
    String label,
    LabelKind labels,
    String mark,
    String group,
    List<Integer> shape,
    int imageSize)
    implements Serializable {

  /** The format of a folder with a folder of images for each class. */
  public static final String IMAGE_FOLDER = "image-folder";

  /** Tables and views that the session knows by name. */
  public static final String TABLE = "table";

  /** The format of MNIST. */
  public static final String IDX = "idx";

  /** Whether examples of a format are rows with columns: all but images and idx, as Spark reads. */
  public static boolean hasColumns(String format) {
    return !format.equals(IMAGE_FOLDER) && !format.equals(IDX);
  }

  /** A part of a data set. */
  public enum Part {
    TRAIN,
    TEST,
    VALIDATION
  }

  /** Copies the collections. */
  public SourceSpec {
    paths = List.copyOf(paths);
    options = Map.copyOf(options);
    features = List.copyOf(features);
    shape = List.copyOf(shape);
  }

  /** Channels that images must have; 0 if they may have what they have. */
  int channels() {
    return shape.size() == 3 ? shape.get(0) : 0;
  }

  /** Rows of an image in pixels. */
  int height() {
    return shape.size() == 3 ? shape.get(1) : imageSize;
  }

  /** Columns of an image in pixels. */
  int width() {
    return shape.size() == 3 ? shape.get(2) : imageSize;
  }

  /** How many numbers an example must have; -1 if that is not said. */
  int length() {
    return shape.isEmpty() ? -1 : shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether examples are sequences of up to so many steps as the shape says. */
  boolean isOfSequences() {
    return shape.size() == 2;
  }

  /** The shape of features that come as so many numbers. */
  int[] shapeOf(int numbers) {
    return shape.isEmpty()
        ? new int[] {numbers}
        : shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
