package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.FinderSettings;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.results.Metric;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Range tests and sweeps of the library on a user's data sets, for every task; metrics against
 * Deeplearning4j's own evaluations of the network that a trial came to.
 */
@ExtendWith(LocalSpark.class)
class LabelsOfTasksTest {
  private static final int EXAMPLES = 24;
  private static final int IN_A_SET = 6;
  private static final int BATCH = 8;
  private static final int COLUMNS = 3;

  private final JavaSparkContext spark;

  LabelsOfTasksTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam())
                .list(layers)
                .setInputType(input)
                .build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork dense(LossFunction loss, Activation activation) {
    return network(
        InputType.feedForward(COLUMNS),
        new DenseLayer.Builder().nOut(7).activation(Activation.TANH).build(),
        new OutputLayer.Builder(loss).nOut(2).activation(activation).build());
  }

  private static MultiLayerNetwork everyStep(LossFunction loss, Activation activation) {
    return network(
        InputType.recurrent(COLUMNS),
        new LSTM.Builder().nOut(5).activation(Activation.TANH).build(),
        new RnnOutputLayer.Builder(loss).nOut(2).activation(activation).build());
  }

  private enum Kind {
    CLASSES,
    LABELS,
    NUMBERS
  }

  private static float[] label(Kind kind, float[] features) {
    double sum = features[0] + features[1] - features[2];
    return switch (kind) {
      case CLASSES -> sum > 0 ? new float[] {1, 0} : new float[] {0, 1};
      case LABELS -> new float[] {sum > 0 ? 1 : 0, features[0] > features[1] ? 1 : 0};
      case NUMBERS -> new float[] {(float) (3 * sum), 10 * features[2]};
    };
  }

  private static float[] random(Random random) {
    float[] values = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static List<DataSet> rows(Kind kind) {
    Random random = new Random(1);
    List<DataSet> sets = new ArrayList<>();
    for (int from = 0; from < EXAMPLES; from += IN_A_SET) {
      float[][] features = new float[IN_A_SET][];
      Arrays.setAll(features, i -> random(random));
      float[][] labels = Arrays.stream(features).map(x -> label(kind, x)).toArray(float[][]::new);
      sets.add(new DataSet(Nd4j.create(features), Nd4j.create(labels)));
    }
    return sets;
  }

  /**
   * Sequences of 2 to 6 steps, each set as long as its longest one; beyond a sequence's end stands
   * what would show in every figure if it counted.
   */
  private static List<DataSet> sequences(Kind kind, boolean everyStep) {
    Random random = new Random(2);
    List<DataSet> sets = new ArrayList<>();
    for (int set = 0; set < EXAMPLES / IN_A_SET; set++) {
      int longest = 3 + set;
      INDArray features = Nd4j.valueArrayOf(new long[] {IN_A_SET, COLUMNS, longest}, 77f);
      INDArray mask = Nd4j.zeros(IN_A_SET, longest);
      INDArray labels =
          everyStep
              ? Nd4j.valueArrayOf(new long[] {IN_A_SET, 2, longest}, 99f)
              : Nd4j.zeros(IN_A_SET, 2);
      for (int i = 0; i < IN_A_SET; i++) {
        int length = i == 0 ? longest : 2 + random.nextInt(longest - 1);
        float[] row = {};
        for (int step = 0; step < length; step++) {
          row = random(random);
          mask.putScalar(i, step, 1);
          for (int column = 0; column < COLUMNS; column++) {
            features.putScalar(new int[] {i, column, step}, row[column]);
          }
          if (everyStep) {
            float[] wanted = label(kind, row);
            labels.putScalar(new int[] {i, 0, step}, wanted[0]);
            labels.putScalar(new int[] {i, 1, step}, wanted[1]);
          }
        }
        if (!everyStep) {
          labels.putRow(i, Nd4j.create(label(kind, row)));
        }
      }
      sets.add(new DataSet(features, labels, mask, everyStep ? mask.dup() : null));
    }
    return sets;
  }

  private static DataSetIterator iterator(List<DataSet> sets) {
    List<DataSet> all = new ArrayList<>(sets);
    return new ListDataSetIterator<>(all, 1) {
      private int next;

      @Override
      public synchronized boolean hasNext() {
        return next < all.size();
      }

      @Override
      public synchronized DataSet next() {
        return all.get(next++);
      }

      @Override
      public synchronized void reset() {
        next = 0;
      }
    };
  }

  /** A sweep of one trial, on Spark and without it, which comes to the same bits. */
  private TrialOutcome trained(MultiLayerNetwork network, List<DataSet> sets) {
    GivenNetwork given = GivenNetwork.of(network);
    FinderSettings settings =
        FinderSettings.defaults().withRange(1e-4, 0.1).withBatchSize(BATCH).withEpochs(2);
    FinderResult here = LearningRateFinder.find(given, iterator(sets), settings);
    assertThat(
            LearningRateFinder.find(spark, given, spark.parallelize(sets, 2), 1, settings).steps())
        .isEqualTo(here.steps());
    List<FinderStep> byTwo =
        LearningRateFinder.find(spark, given, spark.parallelize(sets, 2), 2, settings).steps();
    assertThat(byTwo).hasSize(6).allMatch(step -> Double.isFinite(step.loss()));

    List<Trial> trials =
        new TrialGrid(
                List.of(TrialPolicy.TRIANGULAR),
                List.of(1.0),
                List.of(TrialRange.given(new LrRange(0.01, 0.05))),
                List.of(4L),
                1,
                BATCH,
                4)
            .trials(EXAMPLES);
    TrialOutcome local =
        new LocalSweep(given, iterator(sets), iterator(sets), SweepSettings.defaults())
            .run(trials, new SweepListener() {})
            .get(0);
    TrialOutcome onSpark =
        new Sweep(
                spark,
                "tasks",
                TrialNetworks.of(given, spark.parallelize(sets, 2), spark.parallelize(sets, 3), 1),
                SweepSettings.defaults())
            .run(trials, new SweepListener() {})
            .get(0);
    assertThat(onSpark.error()).isEmpty();
    assertThat(onSpark.status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(onSpark.steps()).isEqualTo(local.steps());
    assertThat(onSpark.state().orElseThrow().parameters())
        .containsExactly(local.state().orElseThrow().parameters());
    return onSpark;
  }

  private static MultiLayerNetwork at(TrialOutcome outcome, MultiLayerNetwork network) {
    MultiLayerNetwork trained = network.clone();
    trained.setParameters(Nd4j.create(outcome.state().orElseThrow().parameters()));
    return trained;
  }

  private static double score(TrialOutcome outcome, Metric metric) {
    return Scores.of(outcome.predictions().orElseThrow()).all().stream()
        .filter(score -> score.metric() == metric)
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** Deeplearning4j's score of each set is the mean over its examples. */
  private static void requireLoss(
      TrialOutcome outcome, MultiLayerNetwork trained, List<DataSet> sets) {
    double mean = sets.stream().mapToDouble(trained::score).average().orElseThrow();
    assertThat(outcome.predictions().orElseThrow().loss()).isCloseTo(mean, within(1e-5 * mean));
  }

  private static void requireErrors(
      TrialOutcome outcome, MultiLayerNetwork trained, List<DataSet> sets) {
    RegressionEvaluation expected =
        trained.doEvaluation(iterator(sets), new RegressionEvaluation(2))[0];
    assertThat(score(outcome, Metric.RMSE))
        .isCloseTo(expected.averagerootMeanSquaredError(), within(1e-4));
    assertThat(score(outcome, Metric.MAE))
        .isCloseTo(expected.averageMeanAbsoluteError(), within(1e-4));
    assertThat(score(outcome, Metric.R2)).isCloseTo(expected.averageRSquared(), within(1e-4));
    assertThat(score(outcome, Metric.RMSE)).isLessThan(30);
  }

  @Test
  void severalLabelsOfAnExample() {
    MultiLayerNetwork network = dense(LossFunction.XENT, Activation.SIGMOID);
    List<DataSet> sets = rows(Kind.LABELS);

    TrialOutcome outcome = trained(network, sets);

    MultiLayerNetwork trained = at(outcome, network);
    EvaluationBinary expected = trained.doEvaluation(iterator(sets), new EvaluationBinary())[0];
    double right = 0;
    double twice = 0;
    double wrong = 0;
    for (int label = 0; label < 2; label++) {
      right += expected.accuracy(label) / 2;
      twice += 2 * expected.truePositives(label);
      wrong += expected.falsePositives(label) + expected.falseNegatives(label);
    }
    assertThat(score(outcome, Metric.ACCURACY)).isCloseTo(right, within(1e-9));
    assertThat(score(outcome, Metric.MICRO_F1)).isCloseTo(twice / (twice + wrong), within(1e-9));
    requireLoss(outcome, trained, sets);
  }

  @Test
  void numbersOfAnExample() {
    MultiLayerNetwork network = dense(LossFunction.MSE, Activation.IDENTITY);
    List<DataSet> sets = rows(Kind.NUMBERS);

    TrialOutcome outcome = trained(network, sets);

    requireErrors(outcome, at(outcome, network), sets);
    requireLoss(outcome, at(outcome, network), sets);
  }

  @Test
  void oneClassOfASequence() {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(COLUMNS),
            new LastTimeStep(new LSTM.Builder().nOut(5).activation(Activation.TANH).build()),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    List<DataSet> sets = sequences(Kind.CLASSES, false);

    TrialOutcome outcome = trained(network, sets);

    Evaluation expected = at(outcome, network).evaluate(iterator(sets));
    assertThat(score(outcome, Metric.ACCURACY)).isCloseTo(expected.accuracy(), within(1e-9));
  }

  @Test
  void aClassOfEveryStep() {
    MultiLayerNetwork network = everyStep(LossFunction.MCXENT, Activation.SOFTMAX);
    List<DataSet> sets = sequences(Kind.CLASSES, true);

    TrialOutcome outcome = trained(network, sets);

    MultiLayerNetwork trained = at(outcome, network);
    Evaluation expected = trained.evaluate(iterator(sets));
    assertThat(score(outcome, Metric.ACCURACY)).isCloseTo(expected.accuracy(), within(1e-9));
    long steps =
        sets.stream().mapToLong(set -> set.getLabelsMaskArray().sumNumber().longValue()).sum();
    assertThat(
            Arrays.stream(outcome.predictions().orElseThrow().confusion())
                .flatMapToLong(Arrays::stream)
                .sum())
        .isEqualTo(steps);
    requireLoss(outcome, trained, sets);
  }

  @Test
  void numbersOfEveryStep() {
    MultiLayerNetwork network = everyStep(LossFunction.MSE, Activation.IDENTITY);
    List<DataSet> sets = sequences(Kind.NUMBERS, true);

    TrialOutcome outcome = trained(network, sets);

    requireErrors(outcome, at(outcome, network), sets);
    requireLoss(outcome, at(outcome, network), sets);
  }

  @Test
  void aLossLayerOfStepsIsAnOutputToo() {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(COLUMNS),
            new LSTM.Builder().nOut(2).activation(Activation.TANH).build(),
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build());
    List<DataSet> sets = sequences(Kind.CLASSES, true);

    TrialOutcome outcome = trained(network, sets);

    Evaluation expected = at(outcome, network).evaluate(iterator(sets));
    assertThat(score(outcome, Metric.ACCURACY)).isCloseTo(expected.accuracy(), within(1e-9));
  }

  @Test
  void aMaskOfTheFeaturesIsTheLabelsTooWhereTheyHaveNone() {
    MultiLayerNetwork network = everyStep(LossFunction.MCXENT, Activation.SOFTMAX);
    List<DataSet> both = sequences(Kind.CLASSES, true);
    List<DataSet> one =
        both.stream()
            .map(
                set ->
                    new DataSet(
                        set.getFeatures(), set.getLabels(), set.getFeaturesMaskArray(), null))
            .toList();

    assertThat(trained(network, one).predictions()).isPresent();
    assertThat(trained(network, one).steps()).isEqualTo(trained(network, both).steps());
  }

  @Test
  void labelsOfAnotherTaskAreRefusedBeforeTraining() {
    refused(
        everyStep(LossFunction.MCXENT, Activation.SOFTMAX),
        rows(Kind.CLASSES),
        "Layer \"1\" answers every step of a sequence, so labels must be of shape [examples,"
            + " columns, steps], found one example's [2]");
    refused(
        dense(LossFunction.MCXENT, Activation.SOFTMAX),
        sequences(Kind.CLASSES, true),
        "Layer \"1\" answers an example as a whole, so labels must be of shape [examples,"
            + " columns], found one example's [2, 3]");
    refused(
        dense(LossFunction.XENT, Activation.SIGMOID),
        List.of(new DataSet(Nd4j.zeros(1, COLUMNS), Nd4j.create(new float[][] {{1, 2}}))),
        "An example's labels must be between 0 and 1, one for each label; found [1.0, 2.0]");
    refused(
        dense(LossFunction.MSE, Activation.IDENTITY),
        List.of(new DataSet(Nd4j.zeros(1, COLUMNS), Nd4j.create(new float[][] {{1, Float.NaN}}))),
        "An example's labels must be finite numbers; found [1.0, NaN]");
  }

  @Test
  void masksThatAreNoneOfStepsAreRefused() {
    DataSet set = sequences(Kind.CLASSES, true).get(0);
    MultiLayerNetwork network = everyStep(LossFunction.MCXENT, Activation.SOFTMAX);

    refused(
        network,
        List.of(new DataSet(set.getFeatures(), set.getLabels(), null, Nd4j.ones(IN_A_SET, 2, 3))),
        "A mask must be of shape [examples, steps], of labels [examples, columns, steps]; found a"
            + " mask [6, 2, 3] of labels [6, 2, 3]");
    refused(
        network,
        List.of(
            new DataSet(
                set.getFeatures(), set.getLabels(), null, Nd4j.valueArrayOf(IN_A_SET, 3, 0.5))),
        "A mask of labels must be of 0 and 1, found 0.5");
    refused(
        network,
        List.of(
            new DataSet(
                set.getFeatures(),
                set.getLabels()
                    .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 2)),
                set.getFeaturesMaskArray(),
                null)),
        "Labels of 2 steps need a mask of their own, since their features have one of 3 steps");
  }

  private static void refused(MultiLayerNetwork network, List<DataSet> sets, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LearningRateFinder.find(
                    GivenNetwork.of(network), iterator(sets), FinderSettings.defaults()))
        .withMessage(message);
  }

  /**
   * Probabilities are the features' softmax, of logarithms of 0.8 and so on; two of the three steps
   * that count are right, and the loss is -(ln 0.8 + ln 0.3 + ln 0.6).
   */
  @Test
  void stepsUnderAMaskCountNeitherInLossNorInAccuracyByHand() {
    MultiLayerNetwork network =
        network(
            InputType.recurrent(2),
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    network.setParam("0_W", Nd4j.eye(2));
    float[] first = {0.8f, 0.7f, 0.6f, 0.1f};
    INDArray features = Nd4j.zeros(1, 2, 4);
    INDArray labels = Nd4j.zeros(1, 2, 4);
    IntStream.range(0, 4)
        .forEach(
            step -> {
              features.putScalar(new int[] {0, 0, step}, Math.log(first[step]));
              features.putScalar(new int[] {0, 1, step}, Math.log(1 - first[step]));
              labels.putScalar(new int[] {0, step == 1 ? 1 : 0, step}, 1);
            });
    DataSet set = new DataSet(features, labels, null, Nd4j.create(new float[][] {{1, 1, 1, 0}}));

    FinderResult result =
        LearningRateFinder.find(
            GivenNetwork.of(network),
            iterator(List.of(set)),
            FinderSettings.defaults().withBatchSize(1).withEpochs(2));

    assertThat(result.steps().get(0).loss())
        .isCloseTo(-Math.log(0.8) - Math.log(0.3) - Math.log(0.6), within(1e-5));
    assertThat(result.accuracies().get(0)).isCloseTo(2 / 3.0, within(1e-9));
  }
}
