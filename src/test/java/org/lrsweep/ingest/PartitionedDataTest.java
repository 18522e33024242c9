package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.training.examples.WorkerExamples;

@ExtendWith(LocalSpark.class)
class PartitionedDataTest {
  private static final Augmentation NONE = Augmentation.none();

  private static PartitionedData read(JavaSparkContext spark, PartitionRequest request) {
    return PartitionedData.read(spark, request);
  }

  @Test
  void bitsFollowFromContentAndSeedAlone(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = Tables.rows(301, 4, 1);
    List<Row> others = new ArrayList<>(rows);
    Collections.shuffle(others, new Random(5));

    PartitionedData one = read(spark, Tables.request(Tables.table(session, rows, 1)));
    PartitionedData other = read(spark, Tables.request(Tables.table(session, others, 7)));

    assertThat(other.sha256()).isEqualTo(one.sha256());
    for (int workers : new int[] {1, 2, 3}) {
      assertThat(Tables.epoch(other.training(workers, NONE, 7), 1))
          .as("%s workers", workers)
          .isEqualTo(Tables.epoch(one.training(workers, NONE, 7), 1));
    }
    assertThat(Tables.epoch(one.training(2, NONE, 8), 1))
        .isNotEqualTo(Tables.epoch(one.training(2, NONE, 7), 1));
  }

  @Test
  void workersShareAllExamplesEqually(JavaSparkContext spark, SparkSession session) {
    PartitionedData data =
        read(spark, Tables.request(Tables.table(session, Tables.rows(301, 4, 1), 3)));

    List<List<String>> shares = Tables.epoch(data.training(4, NONE, 7), 0);

    assertThat(shares).extracting(List::size).containsExactly(75, 75, 75, 76);
    assertThat(shares.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(301);
    assertThat(data.classes()).containsExactly("c0", "c1", "c2");
    assertThat(data.shape()).containsExactly(4);
    assertThat(data.counts(Part.TRAIN)).containsEntry("c0", 181L).containsEntry("c2", 30L);
  }

  @Test
  void fractionsAreOfEachClassAndOverlapNowhere(JavaSparkContext spark, SparkSession session) {
    PartitionedData data =
        read(
            spark,
            Tables.request(
                Tables.table(session, Tables.rows(300, 4, 1), 3), 0.1, 0.2, Scaling.Kind.NONE));

    assertThat(data.counts(Part.TRAIN))
        .containsExactly(entry("c0", 126), entry("c1", 63), entry("c2", 21));
    assertThat(data.counts(Part.VALIDATION))
        .containsExactly(entry("c0", 18), entry("c1", 9), entry("c2", 3));
    assertThat(data.counts(Part.TEST))
        .containsExactly(entry("c0", 36), entry("c1", 18), entry("c2", 6));
    List<String> all = new ArrayList<>(Tables.all(data.training(2, NONE, 7)));
    all.addAll(Tables.all(data.examples(Part.VALIDATION, 2)));
    all.addAll(Tables.all(data.examples(Part.TEST, 3)));
    assertThat(all).doesNotHaveDuplicates().hasSize(300);
  }

  private static Map.Entry<String, Long> entry(String label, long count) {
    return Map.entry(label, count);
  }

  @Test
  void anotherSeedHoldsOutOthers(JavaSparkContext spark, SparkSession session) {
    Set<List<String>> heldOut = new HashSet<>();
    for (long seed = 0; seed < 4; seed++) {
      PartitionedData data =
          read(
              spark,
              Tables.request(
                  Tables.decoded(session, Tables.rows(100, 2, 1)),
                  0.2,
                  0,
                  Scaling.Kind.NONE,
                  "auto",
                  seed));
      heldOut.add(Tables.all(data.examples(Part.VALIDATION, 1)));
    }

    assertThat(heldOut).hasSize(4);
  }

  /** The leak of near every set that is scraped: the same picture to train on and to judge by. */
  @Test
  void equalFeaturesAreNeverInTwoParts(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (Row row : Tables.rows(60, 3, 2)) {
      rows.addAll(Collections.nCopies(4, row));
    }
    // One of each four has another label.
    for (int i = 0; i < rows.size(); i += 4) {
      rows.set(i, RowFactory.create(rows.get(i).get(0), "c1", false));
    }

    PartitionedData data =
        read(spark, Tables.request(Tables.table(session, rows, 3), 0.3, 0.2, Scaling.Kind.NONE));

    Set<String> train = features(data.training(2, NONE, 1));
    Set<String> validation = features(data.examples(Part.VALIDATION, 1));
    Set<String> test = features(data.examples(Part.TEST, 1));
    assertThat(train.size() + validation.size() + test.size()).isEqualTo(60);
    assertThat(validation).isNotEmpty().doesNotContainAnyElementsOf(train);
    assertThat(test).isNotEmpty().doesNotContainAnyElementsOf(train);
    assertThat(data.notices())
        .containsExactly(
            "180 examples of data.train have the same features as another one, 42 of these groups"
                + " with different labels");
  }

  private static Set<String> features(JavaRDD<WorkerExamples> examples) {
    Set<String> features = new HashSet<>();
    Tables.all(examples).forEach(row -> features.add(row.substring(0, row.indexOf(']'))));
    return features;
  }

  @Test
  void aColumnSaysWhatIsHeldOut(JavaSparkContext spark, SparkSession session) {
    PartitionRequest all = Tables.request(Tables.table(session, Tables.rows(100, 2, 1), 3));
    PartitionedData data = read(spark, marked(all.train()));

    assertThat(data.size(Part.TRAIN)).isEqualTo(80);
    assertThat(data.size(Part.VALIDATION)).isEqualTo(20);
  }

  @Test
  void standardizingIsFittedOnTheTrainingPartAlone(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = Tables.rows(100, 2, 1);
    PartitionRequest all = Tables.request(Tables.table(session, rows, 3));
    PartitionedData data =
        read(
            spark,
            new RequestDraft(all.train()).marked().scaled(Scaling.Kind.STANDARDIZE).request());

    double[] trained =
        rows.stream()
            .filter(row -> !row.getBoolean(2))
            .mapToDouble(row -> ((Double[]) row.get(0))[1])
            .toArray();
    double mean = Arrays.stream(trained).average().orElseThrow();
    double variance =
        Arrays.stream(trained).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertThat(data.scaling().shift()[1]).isCloseTo((float) mean, within(1e-6f));
    assertThat(data.scaling().divisor()[1]).isCloseTo((float) Math.sqrt(variance), within(1e-6f));
    double[] scaled =
        Tables.all(data.training(1, NONE, 1)).stream()
            .mapToDouble(row -> Double.parseDouble(row.substring(1, row.indexOf(','))))
            .toArray();
    assertThat(Arrays.stream(scaled).average().orElseThrow()).isCloseTo(0, within(1e-6));
  }

  @Test
  void memoryAndDiskGiveTheSameBits(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = Tables.rows(200, 5, 3);
    List<List<List<String>>> epochs = new ArrayList<>();
    for (String storage : List.of("memory", "disk", "auto")) {
      PartitionedData data =
          read(
              spark,
              Tables.request(
                  Tables.decoded(session, rows), 0.1, 0, Scaling.Kind.NONE, storage, 42));
      epochs.add(Tables.epoch(data.training(2, NONE, 1), 0));
    }

    assertThat(epochs.get(0)).isEqualTo(epochs.get(1)).isEqualTo(epochs.get(2));
  }

  @Test
  void aShareThatIsGoneIsMadeAnew(JavaSparkContext spark, SparkSession session) {
    PartitionedData data =
        read(spark, Tables.request(Tables.table(session, Tables.rows(50, 2, 1), 3)));
    List<List<String>> before = Tables.epoch(data.training(2, NONE, 1), 0);

    data.close();

    assertThat(Tables.epoch(data.training(2, NONE, 1), 0)).isEqualTo(before);
  }

  @Test
  void wholeNumbersAreSortedByValueAndKeptAsBytes(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      rows.add(RowFactory.create(new Double[] {(double) i, 255.0 - i}, "" + i % 12, false));
    }
    PartitionedData data =
        read(spark, Tables.request(Tables.table(session, rows, 2), 0, 0, Scaling.Kind.UNIT));

    assertThat(data.classes()).startsWith("0", "1", "2", "3").endsWith("9", "10", "11");
    assertThat(Tables.all(data.training(1, NONE, 1)))
        .anyMatch(row -> row.startsWith("[%s, %s]".formatted(7 / 255f, 248 / 255f)));
  }

  @Test
  void whatCannotBeTrainedOnIsRefused(JavaSparkContext spark, SparkSession session) {
    List<Row> nulls = new ArrayList<>(Tables.rows(10, 2, 1));
    nulls.add(RowFactory.create(new Double[] {1.0, null}, "c0", false));
    nulls.add(RowFactory.create(new Double[] {1.0, Double.NaN}, "c0", false));
    nulls.add(RowFactory.create(new Double[] {1.0, 2.0}, null, false));
    List<Row> long3 = new ArrayList<>(Tables.rows(10, 2, 1));
    long3.addAll(Tables.rows(1, 3, 1));

    refused(
        spark,
        Tables.request(Tables.table(session, nulls, 1)),
        "3 rows of data.train can't be used. the row [");
    refused(
        spark,
        Tables.request(Tables.table(session, long3, 1)),
        "all examples must have equally many numbers, found 2 (10 rows), 3 (1 row); take");
    refused(
        spark,
        Tables.request(Tables.table(session, Tables.rows(6, 2, 1), 1)),
        "data.train must have at least two classes, found only 'c0'; see to data.label");
    List<Row> signed =
        List.of(
            RowFactory.create(new Double[] {-1.5}, "a", false),
            RowFactory.create(new Double[] {300.0}, "b", false));
    refused(
        spark,
        Tables.request(Tables.table(session, signed, 1), 0, 0, Scaling.Kind.UNIT),
        "data.scaling = unit divides bytes, the whole numbers 0 to 255, by 255, but data.train has"
            + " numbers from -1.5 to 300.0; set data.scaling = standardize, or none");
    refused(
        spark,
        Tables.request(Tables.table(session, List.of(), 1)),
        "data.train has no example; see to its path and data.dataset");
  }

  /** Measured lengths, as of irises, lie between 0 and 255, and are no bytes all the same. */
  @Test
  void fractionsAreNotDividedAsBytes(JavaSparkContext spark, SparkSession session) {
    List<Row> measured =
        List.of(
            RowFactory.create(new Double[] {0.25, 7.0}, "a", false),
            RowFactory.create(new Double[] {4.0, 7.5}, "b", false));
    refused(
        spark,
        Tables.request(Tables.table(session, measured, 1), 0, 0, Scaling.Kind.UNIT),
        "data.scaling = unit divides bytes, the whole numbers 0 to 255, by 255, but data.train has"
            + " numbers from 0.25 to 7.5; set data.scaling = standardize, or none");
  }

  /** Three numbers come twice each, of which a column marks one of two, both and none. */
  @Test
  void equalExamplesThatAColumnDividesAreCounted(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(RowFactory.create(new Double[] {(double) i}, "c" + i % 2, i >= 8));
    }
    rows.add(RowFactory.create(new Double[] {0.0}, "c0", true));
    rows.add(RowFactory.create(new Double[] {9.0}, "c1", true));
    rows.add(RowFactory.create(new Double[] {2.0}, "c0", false));

    assertThat(read(spark, marked(Tables.decoded(session, rows))).notices())
        .containsExactly(
            "3 examples of data.train have the same features as another one",
            "1 example of data.train is both to train on and in another part, by equal features");
  }

  @Test
  void aMarkThatTakesAWholeClassIsRefused(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(RowFactory.create(new Double[] {(double) i}, "c" + i % 3, i % 3 == 2));
    }
    refused(
        spark,
        marked(Tables.decoded(session, rows)),
        "no example is left to train on of class c2; leave some of each class to it, by");
  }

  @Test
  void aFractionThatTakesNothingIsRefused(JavaSparkContext spark, SparkSession session) {
    List<Row> singles =
        List.of(
            RowFactory.create(new Double[] {1.0}, "a", false),
            RowFactory.create(new Double[] {2.0}, "b", false));
    List<Row> pairs = new ArrayList<>(singles);
    pairs.add(RowFactory.create(new Double[] {3.0}, "a", false));
    pairs.add(RowFactory.create(new Double[] {4.0}, "b", false));
    refused(
        spark,
        Tables.request(Tables.table(session, singles, 1), 0.1, 0, Scaling.Kind.NONE),
        "data.validation = 0.1 takes no example of data.train, since no class has enough");
    refused(
        spark,
        Tables.request(Tables.table(session, pairs, 1), 0.1, 0.2, Scaling.Kind.NONE),
        "data.test = 0.2 takes no example of data.train, since no class has enough");
  }

  private static PartitionRequest marked(JavaRDD<DecodedExample> train) {
    return new RequestDraft(train).marked().request();
  }

  private static void refused(JavaSparkContext spark, PartitionRequest request, String message) {
    assertThatThrownBy(() -> read(spark, request))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void badRowsMayBeLeftOutAndAreCounted(JavaSparkContext spark, SparkSession session) {
    List<Row> rows = new ArrayList<>(Tables.rows(10, 2, 1));
    rows.add(RowFactory.create(new Double[] {1.0, null}, "c0", false));
    PartitionRequest all = Tables.request(Tables.table(session, rows, 2));
    PartitionedData data = read(spark, new RequestDraft(all.train()).skippingBadRows().request());

    assertThat(data.size(Part.TRAIN)).isEqualTo(10);
    assertThat(data.notices())
        .containsExactly(
            "1 row of data.train can't be used and is left out, as: the row"
                + " [[1.0, null], c0] has null in column x");
  }

  @Test
  void testDataOfItsOwnIsCheckedAgainstTheTrainingData(
      JavaSparkContext spark, SparkSession session) {
    List<Row> rows = Tables.rows(20, 2, 1);
    List<Row> test = new ArrayList<>(rows.subList(3, 8));
    PartitionedData data = read(spark, withTest(session, rows, test));

    assertThat(data.size(Part.TEST)).isEqualTo(5);
    assertThat(data.notices()).containsExactly("5 examples of data.test are in data.train too");

    test.add(RowFactory.create(new Double[] {1.0, 2.0}, "unseen", false));
    refused(
        spark,
        withTest(session, rows, test),
        "data.test has labels that are none of the classes of data.train: unseen; take");
  }

  private static PartitionRequest withTest(SparkSession session, List<Row> train, List<Row> test) {
    return new RequestDraft(Tables.decoded(session, train))
        .test(Tables.decoded(session, test))
        .request();
  }
}
