package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.ExampleReader;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.SourceSpec;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TriedInput;

/** Data whose rows of one group must not be divided. */
@ExtendWith(LocalSpark.class)
class GroupedDataTest {
  private static final Augmentation NONE = Augmentation.none();

  /** 600 rows of 60 patients, whose number is the first feature's whole part. */
  private static List<Row> rows() {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int patient = random.nextInt(60);
      rows.add(
          RowFactory.create(
              patient + random.nextDouble(), patient % 4 == 0 ? "ill" : "well", "p" + patient));
    }
    return rows;
  }

  private static Dataset<Row> table(
      SparkSession session, List<Row> rows, DataType group, int partitions) {
    StructType type =
        new StructType()
            .add("x", DataTypes.DoubleType)
            .add("label", DataTypes.StringType)
            .add("patient", group);
    return session.createDataFrame(rows, type).repartition(partitions);
  }

  private static PartitionedData read(
      JavaSparkContext spark, Dataset<Row> table, double validation, double test, long seed) {
    SourceSpec spec =
        new SourceSpec(
            "parquet",
            List.of(),
            SourceSpec.Part.TRAIN,
            Map.of(),
            List.of(),
            "label",
            LabelKind.CLASS,
            "",
            "patient",
            List.of(),
            8);
    return PartitionedData.read(
        spark,
        new RequestDraft(ExampleReader.rows(table, spec))
            .fractions(validation, test)
            .groupedBy("patient")
            .seed(seed)
            .request());
  }

  private static List<Double> features(PartitionedData data, Part part) {
    return Tables.all(part == Part.TRAIN ? data.training(2, NONE, 1) : data.examples(part, 2))
        .stream()
        .map(row -> Double.valueOf(row.substring(1, row.indexOf(']'))))
        .toList();
  }

  private static Set<Integer> patients(PartitionedData data, Part part) {
    Set<Integer> found = new HashSet<>();
    features(data, part).forEach(number -> found.add(number.intValue()));
    return found;
  }

  @Test
  void noGroupIsInTwoPartsAndClassesKeepTheirFractions(
      JavaSparkContext spark, SparkSession session) {
    PartitionedData data =
        read(spark, table(session, rows(), DataTypes.StringType, 3), 0.1, 0.2, 42);

    Map<Integer, Part> parts = new HashMap<>();
    for (Part part : Part.values()) {
      for (int patient : patients(data, part)) {
        assertThat(parts.put(patient, part)).as("patient %s", patient).isNull();
      }
    }
    assertThat(parts).hasSize(60);
    assertThat(data.size(Part.TRAIN) + data.size(Part.VALIDATION) + data.size(Part.TEST))
        .isEqualTo(600);
    for (String label : List.of("ill", "well")) {
      double all = 0;
      for (Part part : Part.values()) {
        all += data.counts(part).get(label);
      }
      assertThat(data.counts(Part.VALIDATION).get(label) / all).isCloseTo(0.1, within(0.04));
      assertThat(data.counts(Part.TEST).get(label) / all).isCloseTo(0.2, within(0.04));
    }
    assertThat(data.shape()).as("x, and not the patient").containsExactly(1);
    assertThat(data.notices())
        .singleElement()
        .asString()
        .matches(
            "the 60 groups of data.group = patient: 4\\d to train on, [5-7] to validate, 1\\d to"
                + " test");
  }

  @Test
  void theSamePartsComeOfOtherFilesOrdersAndTypes(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = rows();
    List<Row> numbers = new ArrayList<>();
    List<Row> decimals = new ArrayList<>();
    for (Row row : rows) {
      long patient = Long.parseLong(row.getString(2).substring(1));
      numbers.add(RowFactory.create(row.get(0), row.get(1), patient));
      decimals.add(RowFactory.create(row.get(0), row.get(1), (double) patient));
    }
    Collections.shuffle(decimals, new Random(5));

    PartitionedData one = read(spark, table(session, numbers, DataTypes.LongType, 1), 0.2, 0, 7);
    PartitionedData other =
        read(spark, table(session, decimals, DataTypes.DoubleType, 7), 0.2, 0, 7);
    PartitionedData otherSeed =
        read(spark, table(session, numbers, DataTypes.LongType, 2), 0.2, 0, 8);

    for (int workers : new int[] {1, 3}) {
      assertThat(Tables.epoch(other.training(workers, NONE, 7), 1))
          .isEqualTo(Tables.epoch(one.training(workers, NONE, 7), 1));
    }
    assertThat(patients(other, Part.VALIDATION)).isEqualTo(patients(one, Part.VALIDATION));
    assertThat(patients(otherSeed, Part.VALIDATION)).isNotEqualTo(patients(one, Part.VALIDATION));
  }

  /** Two videos with one frame in common: neither the video nor the frame is divided. */
  @Test
  @TriedInput(
      input = "groups that have equal features in common",
      gets = "they stay in one part, which is said")
  void groupsWithEqualFeaturesStayTogether(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int video = 0; video < 20; video++) {
      for (int frame = 0; frame < 5; frame++) {
        rows.add(RowFactory.create(video * 10.0 + frame, "c" + video % 2, "v" + video));
      }
      // The first frame of the next one of the same class, in each second pair.
      if (video % 4 < 2) {
        rows.add(RowFactory.create((video + 2) * 10.0, "c" + video % 2, "v" + video));
      }
    }

    PartitionedData data = read(spark, table(session, rows, DataTypes.StringType, 3), 0.3, 0, 1);

    Set<Integer> train = new HashSet<>();
    Set<Integer> held = new HashSet<>();
    features(data, Part.TRAIN).forEach(x -> train.add((int) (x / 10)));
    features(data, Part.VALIDATION).forEach(x -> held.add((int) (x / 10)));
    assertThat(held).isNotEmpty().doesNotContainAnyElementsOf(train);
    for (int video = 0; video < 20; video += video % 4 == 1 ? 3 : 1) {
      assertThat(held.contains(video)).isEqualTo(held.contains(video + 2));
    }
    assertThat(data.notices())
        .contains(
            "20 groups of data.group = patient have equal features in common and stay together, as"
                + " 10");
  }

  @Test
  @TriedInput(
      input = "a null or an array in the column of groups, and one group for all rows",
      gets = "refused by the row, the type, or the key")
  void whatIsNoGroupIsRefused(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>(rows());
    rows.add(RowFactory.create(1.5, "ill", null));
    refused(
        spark,
        table(session, rows, DataTypes.StringType, 2),
        "1 row of data.train can't be used. the row [1.5, ill] has null in column patient of"
            + " data.group, so it is of no group. Mend them");
    refused(
        spark,
        table(
            session,
            List.of(RowFactory.create(1.5, "ill", new Integer[] {1})),
            DataTypes.createArrayType(DataTypes.IntegerType),
            1),
        "data.group must be a column of numbers, texts or dates, and patient is array<int>");
    refused(
        spark,
        table(
            session,
            rows().stream().map(row -> RowFactory.create(row.get(0), row.get(1), "all")).toList(),
            DataTypes.StringType,
            1),
        "data.validation = 0.1 takes no example of data.train, since data.group = patient has too"
            + " few groups; give a path instead, or more data");
    Dataset<Row> without =
        table(session, rows(), DataTypes.StringType, 1).withColumnRenamed("patient", "doctor");
    refused(
        spark,
        without.drop("x").withColumn("x", without.col("label").isNull()),
        "data.group: there is no column 'patient' in the data; its columns are [label, doctor, x]");
  }

  private static void refused(JavaSparkContext spark, Dataset<Row> table, String message) {
    assertThatThrownBy(() -> read(spark, table, 0.1, 0, 1))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(message);
  }
}
