package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.SplitMix64;
import org.lrsweep.ingest.read.ExampleReader;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.SourceSpec;
import org.lrsweep.testing.LocalSpark;

/** Fractions of examples that have several labels each. */
@ExtendWith(LocalSpark.class)
class LabelSetsTest {
  private static final int LABELS = 5;

  /** Sets of flags: {@code flags("110", 4)} has four examples of the labels 0 and 1. */
  private static SortedMap<String, Long> sets(Object... flagsAndCounts) {
    SortedMap<String, Long> sets = new TreeMap<>();
    for (int i = 0; i < flagsAndCounts.length; i += 2) {
      String flags = (String) flagsAndCounts[i];
      sets.put(
          '\u0001'
              + flags
                  .chars()
                  .mapToObj(flag -> (char) flag + ".0")
                  .collect(Collectors.joining("\u001f")),
          (long) (int) flagsAndCounts[i + 1]);
    }
    return sets;
  }

  private static List<long[]> taken(SortedMap<String, Long> sets, double... fractions) {
    Map<String, long[]> taken = LabelSets.taken(sets, fractions, SplitMix64.keyed(1, 2, 3));
    return List.copyOf(taken.values());
  }

  /** The paper's algorithm by hand: the rarer label first, then what the other one still lacks. */
  @Test
  void partsLackTheSameOfEveryLabelByHand() {
    List<long[]> halves = taken(sets("10", 2, "11", 2), 0.5, 0.5);
    assertThat(halves.get(0)).as("of label 0 alone").containsExactly(1, 1);
    assertThat(halves.get(1)).as("of both").containsExactly(1, 1);

    List<long[]> fifths = taken(sets("00", 5, "10", 5, "11", 5), 0.6, 0.2, 0.2);
    assertThat(fifths).hasSize(3);
    fifths.forEach(set -> assertThat(set).containsExactly(3, 1, 1));

    List<long[]> one = taken(sets("10", 9, "11", 1), 0.5, 0.5);
    assertThat(one.get(0)[0] + one.get(1)[0]).as("label 0 in the first part").isEqualTo(5);
    assertThat(one.get(1)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aPartOfNoFractionTakesNone() {
    assertThat(taken(sets("10", 3, "01", 1, "00", 2), 0.9, 0, 0.1))
        .allSatisfy(set -> assertThat(set[1]).isZero());
  }

  private static List<Row> rows() {
    double[] often = {0.5, 0.2, 0.1, 0.05, 0.02};
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Integer[] labels = new Integer[LABELS];
      Arrays.setAll(labels, label -> random.nextDouble() < often[label] ? 1 : 0);
      rows.add(RowFactory.create(random.nextDouble(), labels));
    }
    return rows;
  }

  private static PartitionedData divided(JavaSparkContext spark, int partitions) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    StructType type =
        new StructType()
            .add("x", DataTypes.DoubleType)
            .add("label", DataTypes.createArrayType(DataTypes.IntegerType));
    return PartitionedData.read(
        spark,
        new RequestDraft(
                ExampleReader.rows(
                    session.createDataFrame(rows(), type).repartition(partitions),
                    new SourceSpec(
                        "parquet",
                        List.of(),
                        SourceSpec.Part.TRAIN,
                        Map.of(),
                        List.of("x"),
                        "label",
                        LabelKind.SEVERAL,
                        "",
                        "",
                        List.of(),
                        8)))
            .fractions(0.2, 0.1)
            .labels(LabelKind.SEVERAL)
            .request());
  }

  private static List<String> part(PartitionedData data, Part part) {
    return Tables.all(
        part == Part.TRAIN ? data.training(1, Augmentation.none(), 1) : data.examples(part, 1));
  }

  private static int[] counts(List<String> examples) {
    int[] counts = new int[LABELS];
    for (String example : examples) {
      String[] flags =
          example.substring(example.indexOf(']') + 2, example.length() - 1).split(", ", -1);
      for (int label = 0; label < LABELS; label++) {
        counts[label] += flags[label].equals("1.0") ? 1 : 0;
      }
    }
    return counts;
  }

  @Test
  void everyPartHasItsFractionOfEveryLabelHoweverTheTableIsPartitioned(JavaSparkContext spark) {
    List<String> validation;
    try (PartitionedData data = divided(spark, 1)) {
      validation = part(data, Part.VALIDATION);
      int[] train = counts(part(data, Part.TRAIN));
      int[] test = counts(part(data, Part.TEST));
      int[] held = counts(validation);
      for (int label = 0; label < LABELS; label++) {
        int all = train[label] + held[label] + test[label];
        assertThat((double) held[label]).as("label " + label).isEqualTo(0.2 * all, within(1.5));
        assertThat((double) test[label]).as("label " + label).isEqualTo(0.1 * all, within(1.5));
      }
      assertThat(data.notices())
          .contains("the parts of data.train have about equal fractions of every label");
    }
    try (PartitionedData data = divided(spark, 7)) {
      assertThat(part(data, Part.VALIDATION)).isEqualTo(validation);
    }
  }
}
