package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.Task;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.training.examples.DataSetExamples;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(LocalSpark.class)
class DividedExamplesTest {
  private static final int EXAMPLES = 12;
  private static final WantedLabels CLASSES = new WantedLabels("out", Task.CLASSIFICATION, false);
  private static final Set<Integer> READ = ConcurrentHashMap.newKeySet();
  private static int reads;

  private final JavaSparkContext spark;

  DividedExamplesTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Example i has the feature i; each that is computed is counted. */
  private JavaRDD<DataSet> examples() {
    reads = 0;
    READ.clear();
    return spark
        .parallelize(IntStream.range(0, EXAMPLES).boxed().toList(), 3)
        .map(
            i -> {
              count(i);
              return new DataSet(
                  Nd4j.createFromArray(new float[][] {{i}}),
                  Nd4j.createFromArray(new float[][] {{1, 0}}));
            });
  }

  private static synchronized void count(int example) {
    reads++;
    READ.add(example);
  }

  private static List<List<Float>> epoch(JavaRDD<WorkerExamples> shares) {
    return shares.map(share -> features(share)).collect();
  }

  private static List<Float> features(WorkerExamples share) {
    float[] values = share.minibatch(1, 0, share.size()).getFeatures().toFloatVector();
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  @Test
  void runsOfAllSeedsTakeTheOrderOfRunsAloneFromExamplesThatAreReadOnce() {
    JavaRDD<DataSet> examples = examples();
    List<List<Float>> alone;
    try (DividedExamples own = new DividedExamples(examples, CLASSES, 2)) {
      alone = epoch(own.training(7));
    }
    int once = reads;
    assertThat(READ).hasSize(EXAMPLES);

    reads = 0;
    try (DividedExamples divided = new DividedExamples(examples, CLASSES, 2)) {
      assertThat(epoch(divided.training(7))).isEqualTo(alone);
      assertThat(epoch(divided.training(8))).isNotEqualTo(alone);
      assertThat(epoch(divided.inOrder()).get(1)).isSorted();
      assertThat(epoch(divided.training(7))).isEqualTo(alone);
    }
    assertThat(reads).isEqualTo(once);
  }

  @Test
  void whenClosedNothingIsLeftAndTheyCanBeAskedForAgain() {
    DividedExamples divided = new DividedExamples(examples(), CLASSES, 1);
    List<List<Float>> before = epoch(divided.training(1));
    int id = divided.inOrder().id();

    divided.close();

    assertThat(spark.getPersistentRDDs()).doesNotContainKey(id);
    assertThat(epoch(divided.training(1))).isEqualTo(before);
    divided.close();
  }

  /** In one JVM, two runs and the set itself have the same examples, not equal ones. */
  @Test
  void anExecutorHoldsOneCopyForAllRuns() throws Exception {
    try (DividedExamples divided = new DividedExamples(examples(), CLASSES, 1)) {
      JavaRDD<WorkerExamples> one = divided.training(1).cache();
      JavaRDD<WorkerExamples> other = divided.training(2).cache();

      List<Integer> identities = List.of(first(one), first(other), first(divided.inOrder()));

      assertThat(identities).containsOnly(identities.get(0));
      one.unpersist();
      other.unpersist();
    }
  }

  private static int first(JavaRDD<WorkerExamples> shares) {
    return shares.map(DividedExamplesTest::identityOfFirst).first();
  }

  private static int identityOfFirst(WorkerExamples share) throws ReflectiveOperationException {
    var field = DataSetExamples.class.getDeclaredField("examples");
    field.setAccessible(true);
    return System.identityHashCode(((List<?>) field.get(share)).get(0));
  }
}
