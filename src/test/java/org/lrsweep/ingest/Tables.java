package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.ingest.read.ExampleReader;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.SourceSpec;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/** Tables for tests, and what becomes of them. */
final class Tables {
  static final StructType ARRAYS =
      new StructType()
          .add("x", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("label", DataTypes.StringType)
          .add("held", DataTypes.BooleanType);

  private Tables() {}

  static SourceSpec spec(String format, List<String> paths, List<Integer> shape, String mark) {
    return new SourceSpec(
        format,
        paths,
        SourceSpec.Part.TRAIN,
        Map.of(),
        List.of(),
        "label",
        LabelKind.CLASS,
        mark,
        "",
        shape,
        8);
  }

  /** Rows of random numbers, of classes of different sizes, every fifth one held out. */
  static List<Row> rows(int count, int length, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Double[] numbers = random.doubles(length).boxed().toArray(Double[]::new);
      rows.add(RowFactory.create(numbers, "c" + (i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2), i % 5 == 0));
    }
    return rows;
  }

  static Dataset<Row> table(SparkSession session, List<Row> rows, int partitions) {
    return session.createDataFrame(rows, ARRAYS).repartition(partitions);
  }

  static PartitionRequest request(Dataset<Row> table) {
    return request(table, 0, 0, Scaling.Kind.NONE);
  }

  static PartitionRequest request(
      Dataset<Row> table, double validation, double test, Scaling.Kind scaling) {
    return request(ExampleReader.rows(table, withFeature()), validation, test, scaling, "auto", 42);
  }

  static JavaRDD<DecodedExample> decoded(SparkSession session, List<Row> rows) {
    return ExampleReader.rows(table(session, rows, 2), withFeature());
  }

  private static SourceSpec withFeature() {
    return new SourceSpec(
        "parquet",
        List.of(),
        SourceSpec.Part.TRAIN,
        Map.of(),
        List.of("x"),
        "label",
        LabelKind.CLASS,
        "held",
        "",
        List.of(),
        8);
  }

  static PartitionRequest request(
      JavaRDD<DecodedExample> train,
      double validation,
      double test,
      Scaling.Kind scaling,
      String storage,
      long seed) {
    return new RequestDraft(train)
        .fractions(validation, test)
        .scaled(scaling)
        .storedIn(storage)
        .seed(seed)
        .request();
  }

  /** The features and classes of each worker's examples, in the order of an epoch. */
  static List<List<String>> epoch(JavaRDD<WorkerExamples> workers, int epoch) {
    return workers
        .map(
            examples -> {
              List<String> rows = new ArrayList<>();
              if (examples.size() > 0) {
                DataSet batch = examples.minibatch(epoch, 0, examples.size());
                for (int i = 0; i < examples.size(); i++) {
                  rows.add(
                      Arrays.toString(batch.getFeatures().slice(i).ravel().toFloatVector())
                          + Arrays.toString(batch.getLabels().slice(i).toFloatVector()));
                }
              }
              return rows;
            })
        .collect();
  }

  /** All of them. */
  static List<String> all(JavaRDD<WorkerExamples> workers) {
    return epoch(workers, 0).stream().flatMap(List::stream).toList();
  }
}
