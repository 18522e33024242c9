package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.finder.Repeats.Repeat;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Several range tests of a user's network in one call. */
@ExtendWith(LocalSpark.class)
class LearningRateFinderRepeatTest {
  private static final FinderSettings SETTINGS =
      FinderSettings.defaults().withRange(1e-4, 100).withBatchSize(32).withEpochs(2).withSeed(42);

  private final ComputationGraph network =
      new ComputationGraph(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
  private GivenNetwork given;

  @BeforeEach
  void giveTheNetwork() {
    network.init();
    given = GivenNetwork.of(network);
  }

  /** 320 examples in batches of 40. */
  private static List<DataSet> batches() {
    ArrayExamples all = ArrayExamples.random(320, 1);
    return IntStream.range(0, 8).mapToObj(i -> all.minibatch(0, 40 * i, 40)).toList();
  }

  private static DataSetIterator iterator() {
    return new ListDataSetIterator<>(batches(), 40);
  }

  @Test
  void theTestsAreThoseOfTheSeedsFromTheSettingsOn() {
    TrainingState before = TrainingState.of(network);

    Repeats tests = LearningRateFinder.repeat(given, iterator(), SETTINGS, 3);

    assertThat(tests.tests())
        .containsExactly(
            new Repeat(0, LearningRateFinder.find(given, iterator(), SETTINGS)),
            new Repeat(1, LearningRateFinder.find(given, iterator(), SETTINGS.withSeed(43))),
            new Repeat(2, LearningRateFinder.find(given, iterator(), SETTINGS.withSeed(44))));
    assertThat(tests.tests().get(1).result()).isNotEqualTo(tests.tests().get(0).result());
    assertThat(TrainingState.of(network)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void allTestsHaveTheExamplesOfAnIteratorThatCannotBeReset() {
    DataSetIterator once =
        new ListDataSetIterator<>(batches(), 40) {
          @Override
          public boolean resetSupported() {
            return false;
          }

          @Override
          public synchronized void reset() {
            throw new UnsupportedOperationException();
          }
        };

    assertThat(LearningRateFinder.repeat(given, once, SETTINGS, 2))
        .isEqualTo(LearningRateFinder.repeat(given, iterator(), SETTINGS, 2));
  }

  @Test
  void sparkTrainsThemSideBySideToTheSameBits(JavaSparkContext spark) {
    Acceleration.useThreads(1);
    JavaRDD<DataSet> examples = spark.parallelize(batches(), 3);

    Repeats there = LearningRateFinder.repeat(spark, given, examples, 1, SETTINGS, 3);

    assertThat(there).isEqualTo(LearningRateFinder.repeat(given, iterator(), SETTINGS, 3));
  }

  @Test
  void workersShareTheBatchesOfEachTest(JavaSparkContext spark) {
    JavaRDD<DataSet> examples = spark.parallelize(batches(), 3);

    Repeats tests = LearningRateFinder.repeat(spark, given, examples, 2, SETTINGS, 2);

    assertThat(tests.tests().get(1).result())
        .isEqualTo(LearningRateFinder.find(spark, given, examples, 2, SETTINGS.withSeed(43)));
  }

  @Test
  void noTestIsRefused(JavaSparkContext spark) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearningRateFinder.repeat(given, iterator(), SETTINGS, 0))
        .withMessage("repeats must be >= 1, found 0");
    JavaRDD<DataSet> examples = spark.parallelize(batches(), 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearningRateFinder.repeat(spark, given, examples, 1, SETTINGS, 0))
        .withMessage("repeats must be >= 1, found 0");
  }
}
