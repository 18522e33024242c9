package org.lrsweep.ingest.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.lrsweep.data.InvalidDataException;

/** Reads examples: what executors decode, in no order that means anything. */
public final class ExampleReader {
  private final SparkSession callers;
  private final SparkSession session;
  private final Map<SourceSpec, Dataset<Row>> tables = new HashMap<>();

  /**
   * @param session where it is read
   */
  public ExampleReader(SparkSession session) {
    callers = session;
    this.session = session.newSession();
    // Else Spark makes a task of each thirty small files.
    this.session.conf().set("spark.sql.files.openCostInBytes", String.valueOf(1 << 16));
  }

  /**
   * The examples and unusable rows of a source. It is read when they are used, each time.
   *
   * @throws InvalidDataException if there is nothing to read, or a column is missing
   */
  public JavaRDD<DecodedExample> read(SourceSpec spec) {
    return switch (spec.format()) {
      case SourceSpec.IMAGE_FOLDER -> new ImageFolderExamples(session, spec).read();
      case SourceSpec.IDX -> new IdxExamples(session, spec).read();
      default -> rows(table(spec), spec);
    };
  }

  /**
   * The columns of a source's features in their order, which are those of its other parts too;
   * empty of images and idx.
   *
   * @throws InvalidDataException if there is nothing to read
   */
  public List<String> features(SourceSpec spec) {
    return SourceSpec.hasColumns(spec.format())
        ? features(Arrays.asList(table(spec).columns()), spec)
        : List.of();
  }

  private static List<String> features(List<String> columns, SourceSpec spec) {
    List<String> features = new ArrayList<>(spec.features());
    if (features.isEmpty()) {
      features.addAll(columns);
      features.remove(spec.label());
      features.remove(spec.mark());
      features.remove(spec.group());
    }
    return features;
  }

  /** Looked at once, since a reader may go through all files to know their columns. */
  private Dataset<Row> table(SourceSpec spec) {
    return tables.computeIfAbsent(spec, this::opened);
  }

  private Dataset<Row> opened(SourceSpec spec) {
    if (spec.format().equals(SourceSpec.TABLE)) {
      return named(spec);
    }
    return SparkFiles.load(session.read().format(spec.format()).options(spec.options()), spec);
  }

  /** Of the caller's session, since temporary views are known to no other. */
  private Dataset<Row> named(SourceSpec spec) {
    try {
      return spec.paths().stream().map(callers::table).reduce(Dataset::unionByName).orElseThrow();
    } catch (RuntimeException e) {
      throw SparkFiles.unreadable(spec, e);
    } catch (Exception e) { // Spark's AnalysisException is checked, which Scala does not say
      throw SparkFiles.unreadable(spec, e);
    }
  }

  /**
   * The examples of a table of the caller's.
   *
   * @throws InvalidDataException if a column is missing
   */
  public static JavaRDD<DecodedExample> rows(Dataset<Row> table, SourceSpec spec) {
    List<String> columns = Arrays.asList(table.columns());
    requireColumn(columns, "data.label", spec.label());
    if (!spec.mark().isEmpty()) {
      requireColumn(columns, "data.validation", spec.mark());
    }
    if (!spec.group().isEmpty()) {
      requireColumn(columns, "data.group", spec.group());
      GroupColumn.check(spec.group(), table.schema().apply(spec.group()).dataType());
    }
    spec.features().forEach(feature -> requireColumn(columns, "data.features", feature));
    List<String> features = features(columns, spec);
    List<Column> selected = new ArrayList<>();
    features.forEach(feature -> selected.add(column(feature)));
    selected.add(column(spec.label()));
    if (!spec.mark().isEmpty()) {
      selected.add(column(spec.mark()));
    }
    if (!spec.group().isEmpty()) {
      selected.add(column(spec.group()));
    }
    selected.add(functions.input_file_name());
    return table
        .select(selected.toArray(Column[]::new))
        .toJavaRDD()
        .map(decoder(table, features, spec));
  }

  private static RowDecoder decoder(Dataset<Row> table, List<String> features, SourceSpec spec) {
    for (String feature : features) {
      DataType type = table.schema().apply(feature).dataType();
      boolean alone =
          type instanceof BinaryType
              || type instanceof ArrayType
              || type instanceof StructType
              || type instanceof UserDefinedType<?>;
      if (alone && features.size() > 1) {
        throw new InvalidDataException(
            "data.features must be numbers, or one column of arrays, vectors or images; found "
                + features
                + ", of which "
                + feature
                + " is "
                + type.simpleString());
      }
      if (type instanceof BinaryType) {
        return RowDecoder.ofImages(spec);
      }
    }
    return RowDecoder.ofNumbers(spec, new NumberColumns(spec, features), features.size());
  }

  private static void requireColumn(List<String> columns, String key, String column) {
    if (!columns.contains(column)) {
      throw new InvalidDataException(
          key + ": there is no column '" + column + "' in the data; its columns are " + columns);
    }
  }

  /** A column whose name may have dots in it. */
  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
