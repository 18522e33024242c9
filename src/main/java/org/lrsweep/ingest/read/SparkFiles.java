package org.lrsweep.ingest.read;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.storage.HadoopPath;

/** Files and tables as Spark reads them, and what is said where it can't. */
final class SparkFiles {
  private SparkFiles() {}

  /**
   * What a reader gives of a source's paths.
   *
   * @throws InvalidDataException if it can't read them
   */
  static Dataset<Row> load(DataFrameReader reader, SourceSpec spec) {
    String[] paths =
        spec.paths().stream().map(path -> HadoopPath.of(path).toString()).toArray(String[]::new);
    try {
      return reader.load(paths);
    } catch (RuntimeException e) {
      throw unreadable(spec, e);
    } catch (Exception e) { // Spark's AnalysisException is checked, which Scala does not say
      throw unreadable(spec, e);
    }
  }

  /** The refusal of a source that Spark can't read. */
  static InvalidDataException unreadable(SourceSpec spec, Exception cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new InvalidDataException(
        "data of format %s in %s can't be read: %s; see to data.dataset and the %s"
            .formatted(
                spec.format(),
                String.join(", ", spec.paths()),
                reason,
                spec.format().equals(SourceSpec.TABLE) ? "names" : "paths"),
        cause);
  }
}
