package org.lrsweep.ingest.read;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Makes an example of a row whose columns are: the features, the label, the mark and the group if
 * there is one, and the file that it was read from.
 */
final class RowDecoder implements Function<Row, DecodedExample> {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  private final SourceSpec spec;
  private final int features;
  private final NumberColumns numbers;
  private final ImageDecoder images;

  private RowDecoder(SourceSpec spec, int features, NumberColumns numbers, ImageDecoder images) {
    this.spec = spec;
    this.features = features;
    this.numbers = numbers;
    this.images = images;
  }

  /** Takes features from the first columns, numbers. */
  static RowDecoder ofNumbers(SourceSpec spec, NumberColumns numbers, int columns) {
    return new RowDecoder(spec, columns, numbers, null);
  }

  /** Takes features from the first column, files of images. */
  static RowDecoder ofImages(SourceSpec spec) {
    return new RowDecoder(
        spec, 1, null, new ImageDecoder(spec.channels(), spec.height(), spec.width()));
  }

  @Override
  public DecodedExample call(Row row) {
    try {
      String label = Labels.text(spec.labels(), spec.label(), row.get(features));
      DecodedExample example =
          numbers == null
              ? images.decode(where(row) + ", its image", label, (byte[]) row.get(0))
              : numbers.decode(row, label);
      int next = features + 1;
      if (!spec.mark().isEmpty()) {
        example = example.marked(mark(row.get(next++)));
      }
      return spec.group().isEmpty()
          ? example
          : example.inGroup(GroupColumn.number(spec.group(), row.get(next)));
    } catch (UnusableRowException e) {
      return DecodedExample.unusable(e.kind(), where(row) + " " + e.getMessage());
    }
  }

  private boolean mark(Object value) {
    if (value instanceof Boolean mark) {
      return mark;
    }
    if (value instanceof String text && text.matches("(?i)true|false")) {
      return Boolean.parseBoolean(text);
    }
    throw new UnusableRowException(
        BadRow.MARK,
        "has "
            + (value == null ? "null" : "'" + value + "'")
            + " in column "
            + spec.mark()
            + " of data.validation, which is neither true nor false");
  }

  private static Object shown(Object value) {
    return value instanceof Seq<?> array ? JavaConverters.seqAsJavaList(array) : value;
  }

  /** Rows have no numbers in Spark, so one is named by its file and its values. */
  private String where(Row row) {
    StringBuilder values = new StringBuilder();
    for (int i = numbers == null ? 1 : 0; i <= features && values.length() <= SHOWN; i++) {
      values.append(values.isEmpty() ? "" : ", ").append(shown(row.get(i)));
    }
    String shown = values.length() > SHOWN ? values.substring(0, SHOWN) + "..." : values.toString();
    String file = row.getString(row.length() - 1);
    return (file == null || file.isEmpty() ? "" : file + ": ") + "the row [" + shown + "]";
  }
}
