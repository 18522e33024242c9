package org.lrsweep.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class NetworkTypeTest {

  private static final ImageShape FASHION = new ImageShape(1, 32, 32);

  @Test
  void findsANetworkByItsLabel() {
    assertThat(NetworkType.of("minigooglenet")).isEqualTo(NetworkType.MINIGOOGLENET);
    assertThat(NetworkType.of("small-cnn")).isEqualTo(NetworkType.SMALL_CNN);
  }

  @Test
  void anUnknownLabelIsAnsweredWithTheChoices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkType.of("resnet"))
        .withMessage(
            "network must be one of minigooglenet, small-cnn, resnet-9, resnet-18, mobilenet-v2,"
                + " found \"resnet\"");
  }

  @Test
  void miniGoogLeNetHasTheParametersThatKerasCounts() {
    // Keras' summary of the tutorial's network: 1,656,250 for 3 channels, 1,654,522 for 1.
    assertThat(initialised(NetworkType.MINIGOOGLENET, FASHION).numParams()).isEqualTo(1_654_522);
    assertThat(initialised(NetworkType.MINIGOOGLENET, new ImageShape(3, 32, 32)).numParams())
        .isEqualTo(1_656_250);
  }

  @Test
  void smallCnnHasTheParametersThatAHandCountGives() {
    int convolutions = (9 + 1) * 16 + (9 * 16 + 1) * 32 + (9 * 32 + 1) * 64;
    int norms = 4 * (16 + 32 + 64);
    int dense = (4 * 4 * 64 + 1) * 10;

    assertThat(initialised(NetworkType.SMALL_CNN, FASHION).numParams())
        .isEqualTo(convolutions + norms + dense);
  }

  /** torchvision's have 11,689,512 and 3,504,872 with 1,000 classes; the first by another stem. */
  @ParameterizedTest
  @CsvSource({"RESNET18, 11173962", "MOBILENET_V2, 2236682"})
  void theOthersHaveTheTrainedParametersOfTheirPapers(NetworkType type, long expected) {
    assertThat(trained(type)).isEqualTo(expected);
  }

  /** Of colour images. */
  private static long trained(NetworkType type) {
    ComputationGraph net = initialised(type, new ImageShape(3, 32, 32));
    long statistics =
        net.paramTable().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_var"))
            .mapToLong(entry -> entry.getValue().length())
            .sum();
    return net.numParams() - statistics;
  }

  @Test
  void resNet9HasTheTrainedParametersThatAHandCountGives() {
    int convolutions = 9 * (3 * 16 + 16 * 32 + 2 * 32 * 32 + 32 * 64 + 64 * 128 + 2 * 128 * 128);
    int norms = 2 * (16 + 32 + 2 * 32 + 64 + 128 + 2 * 128);
    int dense = (128 + 1) * 10;

    assertThat(trained(NetworkType.RESNET9)).isEqualTo(convolutions + norms + dense);
  }

  @Test
  void resNet9HalvesTheImageThreeTimesAndAveragesTheRest() {
    ComputationGraph net = initialised(NetworkType.RESNET9, FASHION);

    Map<String, INDArray> stages = net.feedForward(Nd4j.rand(1, 1, 32, 32), false);

    assertThat(stages.get("conv1-relu").shape()).containsExactly(1, 16, 32, 32);
    assertThat(stages.get("block1").shape()).containsExactly(1, 32, 16, 16);
    assertThat(stages.get("stage2-pool").shape()).containsExactly(1, 64, 8, 8);
    assertThat(stages.get("block3").shape()).containsExactly(1, 128, 4, 4);
    assertThat(stages.get("block3"))
        .isEqualTo(stages.get("block3-2-relu").add(stages.get("stage3-pool")));
    assertThat(stages.get("pool").shape()).containsExactly(1, 128);
  }

  @Test
  void resNetHalvesTheImageThreeTimesAndAveragesTheRest() {
    ComputationGraph net = initialised(NetworkType.RESNET18, FASHION);

    Map<String, INDArray> stages = net.feedForward(Nd4j.rand(1, 1, 32, 32), false);

    assertThat(stages.get("block1b").shape()).containsExactly(1, 64, 32, 32);
    assertThat(stages.get("block2b").shape()).containsExactly(1, 128, 16, 16);
    assertThat(stages.get("block3b").shape()).containsExactly(1, 256, 8, 8);
    assertThat(stages.get("block4b").shape()).containsExactly(1, 512, 4, 4);
    assertThat(stages.get("pool").shape()).containsExactly(1, 512);
    assertThat(stages.get("output").shape()).containsExactly(1, 10);
  }

  @Test
  void mobileNetHalvesTheImageThreeTimesAndAveragesTheRest() {
    ComputationGraph net = initialised(NetworkType.MOBILENET_V2, FASHION);

    Map<String, INDArray> stages = net.feedForward(Nd4j.rand(1, 1, 32, 32), false);

    assertThat(stages.get("block1-project-norm").shape()).containsExactly(1, 16, 32, 32);
    assertThat(stages.get("block3").shape()).containsExactly(1, 24, 32, 32);
    assertThat(stages.get("block6").shape()).containsExactly(1, 32, 16, 16);
    assertThat(stages.get("block10").shape()).containsExactly(1, 64, 8, 8);
    assertThat(stages.get("block16").shape()).containsExactly(1, 160, 4, 4);
    assertThat(stages.get("pool").shape()).containsExactly(1, 1280);
    assertThat(stages.get("output").shape()).containsExactly(1, 10);
  }

  @Test
  void miniGoogLeNetHasTheTutorialsShapesAtEveryStage() {
    ComputationGraph net = initialised(NetworkType.MINIGOOGLENET, FASHION);

    Map<String, INDArray> stages = net.feedForward(Nd4j.rand(2, 1, 32, 32), false);

    assertThat(stages.get("conv1-relu").shape()).containsExactly(2, 96, 32, 32);
    assertThat(stages.get("inception1a").shape()).containsExactly(2, 64, 32, 32);
    assertThat(stages.get("inception1b").shape()).containsExactly(2, 80, 32, 32);
    assertThat(stages.get("downsample1").shape()).containsExactly(2, 160, 15, 15);
    assertThat(stages.get("inception2a").shape()).containsExactly(2, 160, 15, 15);
    assertThat(stages.get("inception2b").shape()).containsExactly(2, 160, 15, 15);
    assertThat(stages.get("inception2c").shape()).containsExactly(2, 160, 15, 15);
    assertThat(stages.get("inception2d").shape()).containsExactly(2, 144, 15, 15);
    assertThat(stages.get("downsample2").shape()).containsExactly(2, 240, 7, 7);
    assertThat(stages.get("inception3a").shape()).containsExactly(2, 336, 7, 7);
    assertThat(stages.get("inception3b").shape()).containsExactly(2, 336, 7, 7);
    assertThat(stages.get("pool").shape()).containsExactly(2, 336, 1, 1);
    assertThat(stages.get("output").shape()).containsExactly(2, 10);
    assertThat(stages.get("output").sum(1).toDoubleVector())
        .satisfies(sums -> assertThat(sums[0]).isCloseTo(1, within(1e-5)));
  }

  @Test
  void smallCnnHalvesTheImageThreeTimes() {
    ComputationGraph net = initialised(NetworkType.SMALL_CNN, FASHION);

    Map<String, INDArray> stages = net.feedForward(Nd4j.rand(2, 1, 32, 32), false);

    assertThat(stages.get("pool1").shape()).containsExactly(2, 16, 16, 16);
    assertThat(stages.get("pool2").shape()).containsExactly(2, 32, 8, 8);
    assertThat(stages.get("pool3").shape()).containsExactly(2, 64, 4, 4);
    assertThat(stages.get("output").shape()).containsExactly(2, 10);
  }

  @Test
  void weightsStartGlorotUniformAndBiasesAtZero() {
    ComputationGraph net = initialised(NetworkType.MINIGOOGLENET, FASHION);

    // Keras' fans leave the stride out: 9 * 80 inputs and 9 * 80 outputs.
    double limit = Math.sqrt(6.0 / (9 * 80 + 9 * 80));
    INDArray weights = net.getParam("downsample1-3x3_W");
    assertThat(weights.amaxNumber().doubleValue()).isBetween(0.99 * limit, limit);
    assertThat(weights.stdNumber().doubleValue())
        .isCloseTo(limit / Math.sqrt(3), within(0.01 * limit));
    assertThat(net.getParam("downsample1-3x3_b").amaxNumber().doubleValue()).isZero();
    assertThat(net.getParam("output_b").amaxNumber().doubleValue()).isZero();
  }

  @Test
  void theSeedDecidesTheWeights() {
    INDArray first = initialised(NetworkType.SMALL_CNN, FASHION, 7).params();
    INDArray again = initialised(NetworkType.SMALL_CNN, FASHION, 7).params();
    INDArray other = initialised(NetworkType.SMALL_CNN, FASHION, 8).params();

    assertThat(first).isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void imagesTooSmallForTheNetworkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration(NetworkType.MINIGOOGLENET, new ImageShape(1, 28, 32), 10))
        .withMessage("minigooglenet needs images of at least 31x31 pixels, found 28x32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration(NetworkType.SMALL_CNN, new ImageShape(1, 8, 7), 10))
        .withMessage("small-cnn needs images of at least 8x8 pixels, found 8x7");
  }

  @Test
  void theSmallestImagesPassThroughTheWholeNetwork() {
    for (NetworkType type : NetworkType.values()) {
      int size = type == NetworkType.MINIGOOGLENET ? 31 : 8;
      ComputationGraph net = initialised(type, new ImageShape(1, size, size));
      assertThat(net.outputSingle(Nd4j.rand(1, 1, size, size)).shape()).containsExactly(1, 10);
    }
  }

  @Test
  void aSingleClassIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration(NetworkType.SMALL_CNN, FASHION, 1))
        .withMessage("small-cnn needs at least 2 classes, found 1");
  }

  private static ComputationGraph initialised(NetworkType type, ImageShape shape) {
    return initialised(type, shape, 42);
  }

  private static ComputationGraph initialised(NetworkType type, ImageShape shape, long seed) {
    ComputationGraph net =
        new ComputationGraph(type.configuration(shape, 10, seed, new Nesterovs(0.01, 0.9)));
    net.init();
    return net;
  }

  private static ComputationGraphConfiguration configuration(
      NetworkType type, ImageShape shape, int classes) {
    return type.configuration(shape, classes, 42, new Nesterovs(0.01, 0.9));
  }
}
