package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.ExampleReader;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TriedInput;

/** Files of a table that can't be used, as they lie on a disk: the sentence names the file. */
@ExtendWith(LocalSpark.class)
class BadFilesTest {
  @TempDir private Path folder;

  private static StructType type(DataType numbers) {
    return new StructType().add("x", numbers).add("label", DataTypes.StringType);
  }

  /** Writes one file below the table's folder; returns its name. */
  private String write(SparkSession session, String part, StructType type, Row... rows)
      throws IOException {
    Path written = folder.resolve("written-" + part);
    session.createDataFrame(List.of(rows), type).coalesce(1).write().parquet("file://" + written);
    Path table = Files.createDirectories(folder.resolve("table"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(written, "*.parquet")) {
      return Files.move(files.iterator().next(), table.resolve(part + ".parquet")).toString();
    }
  }

  private PartitionedData read(JavaSparkContext spark, SparkSession session) {
    return PartitionedData.read(
        spark,
        Tables.request(
            new ExampleReader(session)
                .read(
                    Tables.spec(
                        "parquet", List.of(folder.resolve("table").toString()), List.of(), "")),
            0,
            0,
            Scaling.Kind.NONE,
            "auto",
            42));
  }

  private static Row row(Object x, String label) {
    return RowFactory.create(x, label);
  }

  @Test
  @TriedInput(
      input = "a Parquet file of a user's own that lacks a column which others have",
      gets = "refused by the file's name and the column")
  void aFileThatLacksAColumnIsNamed(JavaSparkContext spark, SparkSession session)
      throws IOException {
    write(session, "1", type(DataTypes.DoubleType), row(1.0, "a"), row(2.0, "b"));
    String without =
        write(
            session,
            "2",
            new StructType().add("label", DataTypes.StringType),
            RowFactory.create("a"));

    assertThatThrownBy(() -> read(spark, session))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("1 row of data.train can't be used. file://" + without)
        .hasMessageContaining("has null in column x");
  }

  @Test
  @TriedInput(
      input = "Parquet files of a user's own in which a column has different types",
      gets = "refused by the file's name")
  void aFileOfAnotherSchemaIsNamed(JavaSparkContext spark, SparkSession session)
      throws IOException {
    String one = write(session, "1", type(DataTypes.DoubleType), row(1.0, "a"), row(2.0, "b"));
    String other = write(session, "2", type(DataTypes.StringType), row("3", "a"));

    assertThatThrownBy(() -> read(spark, session))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("a table can't be read: ")
        .message()
        .matches(text -> text.contains(one) || text.contains(other), "names the file")
        .contains("[x]");
  }

  @Test
  @TriedInput(
      input = "a truncated Parquet file among a user's own",
      gets = "refused by the file's name")
  void aTruncatedFileIsNamed(JavaSparkContext spark, SparkSession session) throws IOException {
    write(session, "1", type(DataTypes.DoubleType), row(1.0, "a"), row(2.0, "b"));
    Path torn = Path.of(write(session, "2", type(DataTypes.DoubleType), row(3.0, "a")));
    byte[] bytes = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> read(spark, session))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("can't be read: ")
        .hasMessageContaining(torn.getFileName().toString());
  }

  @Test
  void numbersThatAreNoneAreNamedByFileAndRow(JavaSparkContext spark, SparkSession session)
      throws IOException {
    StructType arrays = type(DataTypes.createArrayType(DataTypes.DoubleType));
    write(
        session, "1", arrays, row(new Double[] {1.0, 2.0}, "a"), row(new Double[] {3.0, 4.0}, "b"));
    String bad =
        write(
            session,
            "2",
            arrays,
            row(new Double[] {1.0, Double.NaN}, "a"),
            row(new Double[] {1.0, null}, "a"),
            row(null, "b"));

    assertThatThrownBy(() -> read(spark, session))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("3 rows of data.train can't be used. file://" + bad)
        .hasMessageContaining(bad + ": the row [[1.0, NaN], a] has NaN in column x, which is no")
        .hasMessageContaining(bad + ": the row [[1.0, null], a] has null in column x")
        .hasMessageContaining(bad + ": the row [null, b] has null in column x");
  }

  /** Which rows are short can't be told while none is known to be right. */
  @Test
  void rowsOfAnotherLengthAreCounted(JavaSparkContext spark, SparkSession session)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(row(i == 4 ? new Double[] {1.0} : new Double[] {1.0, 2.0 + i}, "c" + i % 2));
    }
    write(
        session,
        "1",
        type(DataTypes.createArrayType(DataTypes.DoubleType)),
        rows.toArray(Row[]::new));

    assertThatThrownBy(() -> read(spark, session))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(
            "all examples must have equally many numbers, found 1 (1 row), 2 (5 rows); take out");
    assertThat(folder.resolve("table")).isNotEmptyDirectory();
  }
}
