package org.lrsweep.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
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
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TriedInput;

/** Columns of Spark ML's vectors, with its classes there and without. */
@ExtendWith(LocalSpark.class)
class VectorsTest {
  private static final double[][] NUMBERS = {
    {0.5, 0, 0, -2}, {0, 0, 0, 0}, {1, 2, 3, 4}, {0, 7, 0, 0}, {0, 0, 255, 3}, {9, 0, 0, 0.25}
  };

  @TempDir private Path folder;

  private static Dataset<Row> table(SparkSession session, Vector... vectors) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      rows.add(RowFactory.create(vectors[i], "c" + i % 2));
    }
    return session.createDataFrame(rows, type(SQLDataTypes.VectorType()));
  }

  private static StructType type(DataType features) {
    return new StructType().add("features", features).add("label", DataTypes.StringType);
  }

  /** Every second one is sparse, as VectorAssembler makes of rows with many zeros. */
  private static Vector[] mixed() {
    Vector[] vectors = new Vector[NUMBERS.length];
    Arrays.setAll(
        vectors,
        i -> i % 2 == 0 ? Vectors.dense(NUMBERS[i]) : Vectors.dense(NUMBERS[i]).toSparse());
    return vectors;
  }

  private SourceSpec spec() {
    return new SourceSpec(
        "parquet",
        List.of("file://" + folder.resolve("vectors.parquet")),
        SourceSpec.Part.TRAIN,
        Map.of(),
        List.of(),
        "label",
        LabelKind.CLASS,
        "",
        "",
        List.of(),
        8);
  }

  private static void assertNumbers(JavaRDD<DecodedExample> read) {
    List<DecodedExample> expected = new ArrayList<>();
    for (int i = 0; i < NUMBERS.length; i++) {
      expected.add(DecodedExample.ofNumbers("c" + i % 2, new int[] {4}, NUMBERS[i]));
    }
    Comparator<DecodedExample> order =
        Comparator.comparing(example -> Arrays.toString(example.values()));
    assertThat(read.collect().stream().sorted(order))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(expected.stream().sorted(order).toList());
  }

  @Test
  void denseAndSparseOnesAreTheSameNumbers(SparkSession session) {
    table(session, mixed()).repartition(2).write().parquet(spec().paths().get(0));

    assertNumbers(new ExampleReader(session).read(spec()));
  }

  /** The same file, read by the stored form, as Spark does where its ML module is not there. */
  @Test
  void theirStoredFormIsReadToo(SparkSession session) {
    table(session, mixed()).write().parquet(spec().paths().get(0));
    StructType stored =
        new StructType()
            .add("type", DataTypes.ByteType)
            .add("size", DataTypes.IntegerType)
            .add("indices", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("values", DataTypes.createArrayType(DataTypes.DoubleType));

    Dataset<Row> read = session.read().schema(type(stored)).parquet(spec().paths().get(0));

    assertThat(read.schema().apply("features").dataType()).isEqualTo(stored);
    assertNumbers(ExampleReader.rows(read, spec()));
  }

  @Test
  @TriedInput(
      input = "a Spark ML vector that is null, has NaN, or stands beside another column",
      gets = "refused by the row or the columns")
  void vectorsThatCannotBeUsedAreRefused(SparkSession session) {
    Dataset<Row> bad = table(session, Vectors.dense(1, Double.NaN), null);

    assertThat(ExampleReader.rows(bad, spec()).map(DecodedExample::problem).collect())
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .endsWith("has NaN in column features, which is no finite 32-bit number"),
            problem -> assertThat(problem).endsWith("has null in column features"));
    Dataset<Row> two = bad.withColumn("age", bad.col("label").isNotNull());
    assertThatThrownBy(() -> ExampleReader.rows(two, spec()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "data.features must be numbers, or one column of arrays, vectors or images; found"
                + " [features, age], of which features is vector");
  }
}
