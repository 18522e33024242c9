package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.AccelerationReport;
import org.lrsweep.finder.Curve;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.finder.RangeMethods;
import org.lrsweep.finder.Suggestion;
import org.lrsweep.model.ImageShape;
import org.lrsweep.model.NetworkType;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.ExponentialSweep;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.schedule.dl4j.LearningRateSchedule;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Momentum;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.TrainingState;
import org.lrsweep.training.WorkerExamples;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The Java examples of README.md, which are the marked lines of this file, and that they work. */
@ExtendWith(LocalSpark.class)
class ReadmeExampleTest {
  private static final Path README = Path.of("README.md");
  private static final Path SOURCE = Path.of("src/test/java/org/lrsweep/ReadmeExampleTest.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("// README begins\n(.*?)// README ends", Pattern.DOTALL);

  @Test
  void theReadmeShowsTheseExamples() throws IOException {
    String readme = Files.readString(README);
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(SOURCE))
            .results()
            .map(match -> match.group(1).stripIndent().strip())
            .toList();

    assertThat(examples).hasSize(3);
    assertThat(examples)
        .allSatisfy(example -> assertThat(readme).contains("```java\n" + example + "\n```"));
  }

  @Test
  void theFinderFindsARange(JavaSparkContext spark) {
    ArrayExamples all = ArrayExamples.random(640, 1);
    List<WorkerExamples> shares =
        IntStream.range(0, 2).<WorkerExamples>mapToObj(w -> all.share(w, 2, 32)).toList();

    Optional<LrRange> range =
        findRange(
            spark,
            TestNetworks.dense(new Momentum(1, 0.9)),
            spark.parallelize(shares, shares.size()));

    assertThat(range)
        .hasValueSatisfying(found -> assertThat(found.baseLr()).isBetween(1e-5, found.maxLr()));
  }

  // README begins
  static Optional<LrRange> findRange(
      JavaSparkContext spark,
      ComputationGraphConfiguration network,
      JavaRDD<WorkerExamples> examples) {
    int stepsPerEpoch = 20;
    int epochs = 5;
    int batchSize = 32;
    int averagingFrequency = 1;
    ExponentialSweep rates = new ExponentialSweep(1e-5, 100, (long) epochs * stepsPerEpoch);
    FinderPlan plan =
        new FinderPlan(rates, stepsPerEpoch, epochs, batchSize, averagingFrequency, 0.98, 4);
    NetworkSpec spec = NetworkSpec.of(network);

    try (RoundEngine engine = new RoundEngine(spark, spec, examples, 42)) {
      TrainingState initial = TrainingState.of(spec.build());
      FinderResult result = new LearningRateFinder(engine, plan).find(initial, step -> {});
      Suggestion answer = RangeMethods.of("descent").suggest(Curve.of(result.steps()));
      return answer.bounds();
    }
  }

  // README ends

  @Test
  void aDeeplearning4jUpdaterFollowsASchedule() {
    // README begins
    CyclicalSchedule cycles = new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 1e-5, 1e-2, 7496, 1);
    IUpdater updater = new Nesterovs(new LearningRateSchedule(cycles), 0.9);
    // README ends

    assertThat(updater.getLearningRate(0, 0)).isEqualTo(1e-5);
    assertThat(updater.getLearningRate(7496, 8)).isEqualTo(1e-2);
  }

  @Test
  void aNetworkRunsOnOneDnn() {
    ComputationGraph network =
        new ComputationGraph(
            NetworkType.SMALL_CNN.configuration(
                new ImageShape(1, 8, 8), 2, 1, new Nesterovs(0.1, 0.9)));

    // README begins
    network.init();
    AccelerationReport report = Acceleration.accelerate(network);
    System.out.println(report.summary());
    // README ends

    assertThat(report.isComplete()).isEqualTo(Acceleration.isAvailable());
  }
}
