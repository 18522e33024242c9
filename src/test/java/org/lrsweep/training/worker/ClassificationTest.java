package org.lrsweep.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.evaluation.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Losses and accuracies by the network's own loss, against Deeplearning4j's and by hand. */
class ClassificationTest {
  private static final int COUNT = 100;
  private static final ArrayExamples ONE_HOT = ArrayExamples.random(COUNT, 1);
  private static final String SUPPORTED =
      ". Supported are LossMCXENT and LossNegativeLogLikelihood on two outputs or more with labels"
          + " [examples, classes], LossSparseMCXENT with class numbers [examples, 1], and"
          + " LossBinaryXENT on one sigmoid output with labels [examples, 1] of 0 and 1";

  @BeforeAll
  static void oneThread() {
    Acceleration.useThreads(1);
  }

  private static MultiLayerNetwork network(ILossFunction loss, Activation activation, int outputs) {
    return network(new OutputLayer.Builder(loss).nOut(outputs).activation(activation).build());
  }

  private static MultiLayerNetwork network(Layer output) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .l2(0.1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build())
                .layer(output)
                .setInputType(InputType.feedForward(ArrayExamples.INPUTS))
                .build());
    network.init();
    return network;
  }

  private static ArrayExamples labelled(float[][] labels) {
    return new ArrayExamples(ONE_HOT.features(), labels);
  }

  /** 1 where the example's class is 2, and 0 else. */
  private static ArrayExamples yesOrNo() {
    float[][] labels = new float[COUNT][1];
    for (int i = 0; i < COUNT; i++) {
      labels[i][0] = ONE_HOT.labels()[i][2];
    }
    return labelled(labels);
  }

  private static ArrayExamples numbers() {
    float[][] labels = new float[COUNT][1];
    for (int i = 0; i < COUNT; i++) {
      labels[i][0] = ONE_HOT.labels()[i][1] + 2 * ONE_HOT.labels()[i][2];
    }
    return labelled(labels);
  }

  private static DataSet all(ArrayExamples examples) {
    return examples.minibatch(0, 0, COUNT);
  }

  private static Evaluation classified(GivenNetwork network, ArrayExamples examples) {
    try (LocalEvaluator classifier = new LocalEvaluator(network.spec(), examples)) {
      return classifier.evaluate(network.state());
    }
  }

  private static TrainedStep step(GivenNetwork network, ArrayExamples examples) {
    try (LocalEngine engine = new LocalEngine(network.spec(), examples, 3);
        EngineRun run = engine.start(network.state())) {
      return run.train(new Round(0, 0, COUNT, new double[] {0.1})).steps().get(0);
    }
  }

  private static double meanLoss(MultiLayerNetwork network, ArrayExamples examples) {
    return network.scoreExamples(all(examples), false).meanNumber().doubleValue();
  }

  @Test
  void oneSigmoidOutputIsJudgedByAThresholdAndItsOwnLoss() {
    MultiLayerNetwork network = network(new LossBinaryXENT(), Activation.SIGMOID, 1);
    ArrayExamples examples = yesOrNo();
    INDArray outputs = network.output(all(examples).getFeatures());
    long[][] expected = new long[2][2];
    for (int i = 0; i < COUNT; i++) {
      expected[(int) examples.labels()[i][0]][outputs.getDouble(i, 0) > 0.5 ? 1 : 0]++;
    }

    Evaluation predictions = classified(GivenNetwork.of(network), examples);

    assertThat(predictions.confusion()).isDeepEqualTo(expected);
    assertThat(predictions.loss()).isCloseTo(meanLoss(network, examples), within(1e-6));
    assertThat(step(GivenNetwork.of(network), examples).correct())
        .isEqualTo(expected[0][0] + expected[1][1])
        .isLessThan(COUNT);
  }

  @Test
  void numbersOfClassesAreWhatOneHotLabelsAre() {
    GivenNetwork sparse = GivenNetwork.of(network(new LossSparseMCXENT(), Activation.SOFTMAX, 3));
    GivenNetwork dense = GivenNetwork.of(network(new LossMCXENT(), Activation.SOFTMAX, 3));

    Evaluation byNumber = classified(sparse, numbers());
    Evaluation byOneHot = classified(dense, ONE_HOT);

    assertThat(byNumber.confusion()).isDeepEqualTo(byOneHot.confusion());
    assertThat(byNumber.lossSum()).isEqualTo(byOneHot.lossSum());
    assertThat(step(sparse, numbers())).isEqualTo(step(dense, ONE_HOT));
  }

  /** Keras' clip, as before there were other losses than this. */
  /** The networks here have L2 penalties of about a tenth of their squared weights. */
  @Test
  void theLossOfAStepHasNoPenalties() {
    MultiLayerNetwork network = network(new LossMCXENT(), Activation.SOFTMAX, 3);

    assertThat(network.calcRegularizationScore(true)).isGreaterThan(0.1);
    assertThat(step(GivenNetwork.of(network), ONE_HOT).loss())
        .isEqualTo(meanLoss(network, ONE_HOT), within(1e-5));
  }

  @Test
  void oneHotLossIsTheClippedLogarithmOfTheRightOnesProbability() {
    MultiLayerNetwork network = network(new LossMCXENT(), Activation.SOFTMAX, 3);
    network.params().muli(40);
    GivenNetwork given = GivenNetwork.of(network);
    Acceleration.accelerate(network);
    double loss = 0;
    int clipped = 0;
    for (int from = 0; from < COUNT; from += 64) {
      int count = Math.min(64, COUNT - from);
      float[][] outputs =
          network.output(ONE_HOT.minibatch(0, from, count).getFeatures()).toFloatMatrix();
      double batch = 0;
      for (int i = 0; i < count; i++) {
        float[] label = ONE_HOT.labels()[from + i];
        int actual = label[0] == 1 ? 0 : label[1] == 1 ? 1 : 2;
        batch -= Math.log(Math.max(outputs[i][actual], 1e-7));
        clipped += outputs[i][actual] < 1e-7 ? 1 : 0;
      }
      loss += batch;
    }

    assertThat(classified(given, ONE_HOT).lossSum()).isEqualTo(loss);
    assertThat(clipped).isPositive();
  }

  @Test
  void weightedClassesAndSmoothedLabelsCountInTheLossAsInTraining() {
    INDArray weights = Nd4j.create(new float[] {1, 5, 0.5f});
    MultiLayerNetwork network = network(new LossMCXENT(weights), Activation.SOFTMAX, 3);
    float[][] smoothed = new float[COUNT][3];
    for (int i = 0; i < COUNT; i++) {
      for (int k = 0; k < 3; k++) {
        smoothed[i][k] = 0.9f * ONE_HOT.labels()[i][k] + 0.1f / 3;
      }
    }

    for (ArrayExamples examples : Arrays.asList(ONE_HOT, labelled(smoothed))) {
      assertThat(classified(GivenNetwork.of(network), examples).loss())
          .isCloseTo(meanLoss(network, examples), within(1e-5));
    }
  }

  @Test
  void whatHasNoMetricThatMeansSomethingIsRefusedBeforeTraining() {
    refused(
        network(new LossHinge(), Activation.IDENTITY, 3),
        "Layer \"1\" has LossHinge on 3 outputs with ActivationIdentity, whose metrics would mean"
            + " nothing");
  }

  private static void refused(MultiLayerNetwork network, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GivenNetwork.of(network))
        .withMessage(
            message
                + SUPPORTED
                + "; for several labels LossBinaryXENT on as many sigmoid outputs; for numbers a"
                + " loss of a regression, as LossMSE, LossMAE or LossPoisson, on as many outputs");
  }

  @Test
  void labelsThatDoNotFitTheLossAreRefusedBeforeAStep() {
    GivenNetwork dense = GivenNetwork.of(network(new LossMCXENT(), Activation.SOFTMAX, 3));
    refused(
        dense,
        yesOrNo(),
        "Layer \"1\" has LossMCXENT on 3 outputs, so labels must be of shape [examples, 3], found"
            + " [%d, 1]");
    GivenNetwork sparse = GivenNetwork.of(network(new LossSparseMCXENT(), Activation.SOFTMAX, 3));
    float[][] labels = new float[COUNT][1];
    labels[0][0] = 3;
    refused(
        sparse,
        labelled(labels),
        "Layer \"1\" has LossSparseMCXENT, so labels must be numbers of classes, from 0 to 2, found"
            + " 3.0");
    GivenNetwork sigmoid = GivenNetwork.of(network(new LossBinaryXENT(), Activation.SIGMOID, 1));
    refused(
        sigmoid,
        labelled(labels),
        "Layer \"1\" has LossBinaryXENT, so labels must be between 0 and 1, found 3.0");
  }

  private static void refused(GivenNetwork network, ArrayExamples examples, String message) {
    TrainingState before = network.state();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classified(network, examples))
        .withMessage(message, 64);
    try (LocalEngine engine = new LocalEngine(network.spec(), examples, 3);
        EngineRun run = engine.start(before)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.train(new Round(0, 0, COUNT, new double[] {0.1})))
          .withMessage(message, COUNT);
      assertThat(run.state()).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void aLossLayerWithSeveralSigmoidsIsRefusedWhereItShows() {
    MultiLayerNetwork network =
        network(new LossLayer.Builder(new LossBinaryXENT()).activation(Activation.SIGMOID).build());
    float[][] labels = new float[COUNT][4];

    assertThatIllegalArgumentException()
        .isThrownBy(() -> classified(GivenNetwork.of(network), labelled(labels)))
        .withMessage(
            "Layer \"1\" has LossBinaryXENT on 4 outputs, so labels must be of shape [examples, 1],"
                + " found [64, 4]"
                + SUPPORTED);
  }

  @Test
  void anEmptyTestSetIsRefused() {
    GivenNetwork network = GivenNetwork.of(network(new LossMCXENT(), Activation.SOFTMAX, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> classified(network, ArrayExamples.random(0, 1)))
        .withMessage("The test set must have at least one example, found none");
  }
}
