package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whole training runs; {@link FashionMnistIT} has the longer ones. */
class TrainingTest {

  private static final int SIZE = 16;

  /** Low, since training at a high rate makes much of a difference in the last bit. */
  private static final double LEARNING_RATE = 1e-3;

  /** How far finite differences go along a gradient. */
  private static final double STRIDE = 1e-2;

  @AfterEach
  void oneThreadAgain() {
    Acceleration.useThreads(1);
  }

  @Test
  void bitsAreTheSameFromRunToRun() {
    assertThat(train(10, 1)).isEqualTo(train(10, 1));
    assertThat(train(10, 2)).isEqualTo(train(10, 2));
  }

  @Test
  void twoNetworksSideBySideHaveTheBitsOfOneAlone()
      throws ExecutionException, InterruptedException {
    INDArray alone = train(20, 1);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      Future<INDArray> first = workers.submit(() -> train(20, 1));
      Future<INDArray> second = workers.submit(() -> train(20, 1));
      assertThat(first.get()).isEqualTo(alone);
      assertThat(second.get()).isEqualTo(alone);
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void batchesOfChangingSizeTrainLikeStock() {
    ComputationGraph stock = network();
    ComputationGraph fast = copy(stock);
    Acceleration.accelerate(fast);
    for (int size : new int[] {8, 3, 8, 5}) {
      DataSet batch = batch(size);
      stock.fit(batch);
      fast.fit(batch);
      assertThat(fast.score()).isCloseTo(stock.score(), within(1e-4));
      INDArray images = batch(size + 1).getFeatures();
      NetworkComparison.assertClose(
          "output", fast.outputSingle(images), stock.outputSingle(images));
    }
  }

  /**
   * Each parameter is moved along its own gradient: the loss must change by the gradient's norm.
   */
  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    ComputationGraph network = smoothNetwork();
    assertThat(Acceleration.accelerate(network).isComplete()).isTrue();
    DataSet batch = batch(8);
    score(network, batch);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    network.gradient().gradientForVariable().forEach((name, g) -> gradients.put(name, g.dup()));
    gradients.keySet().removeIf(name -> name.endsWith("_mean") || name.endsWith("_log10stdev"));
    gradients.forEach(
        (name, gradient) -> {
          double norm = gradient.norm2Number().doubleValue();
          INDArray parameter = network.getParam(name);
          INDArray start = parameter.dup();
          INDArray move = gradient.mul(STRIDE / norm);
          parameter.assign(start.add(move));
          double above = score(network, batch);
          parameter.assign(start.sub(move));
          double below = score(network, batch);
          parameter.assign(start);
          assertThat((above - below) / (2 * STRIDE))
              .as(name)
              .isCloseTo(norm / 8, withinPercentage(2));
        });
    assertThat(gradients)
        .containsKeys("convolution_W", "left_W", "right_W", "norm_gamma", "dense_W", "output_b");
  }

  private static double score(ComputationGraph network, DataSet batch) {
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    return network.score();
  }

  /** Layers of each kind whose outputs are smooth, some of them in blocks. */
  private static ComputationGraph smoothNetwork() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(SIZE, SIZE, 1))
                .addLayer("convolution", convolution(3, 32), "in")
                .addLayer("left", convolution(3, 32), "convolution")
                .addLayer("right", convolution(1, 16), "convolution")
                .addVertex("merge", new MergeVertex(), "left", "right")
                .addLayer("norm", new BatchNormalization(), "merge")
                .addLayer("pool", new SubsamplingLayer.Builder(PoolingType.AVG).build(), "norm")
                .addLayer(
                    "dense",
                    new DenseLayer.Builder().nOut(20).activation(Activation.TANH).build(),
                    "pool")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "dense")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer convolution(int kernel, int filters) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(filters)
        .convolutionMode(ConvolutionMode.Same)
        .hasBias(false)
        .build();
  }

  private static INDArray train(int steps, int threads) {
    Acceleration.useThreads(threads);
    ComputationGraph network = network();
    Acceleration.accelerate(network);
    fit(network, batch(8), steps);
    return network.params().dup();
  }

  private static void fit(ComputationGraph network, DataSet batch, int steps) {
    for (int step = 0; step < steps; step++) {
      network.fit(batch);
    }
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            NetworkType.SMALL_CNN.configuration(
                new ImageShape(1, SIZE, SIZE), 10, 42, new Nesterovs(LEARNING_RATE, 0.9)));
    network.init();
    return network;
  }

  private static DataSet batch(int examples) {
    Nd4j.getRandom().setSeed(examples);
    INDArray images = Nd4j.rand(DataType.FLOAT, examples, 1, SIZE, SIZE);
    return new DataSet(images, labels(examples));
  }

  private static INDArray labels(int size) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, size, 10);
    for (int i = 0; i < size; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    return labels;
  }
}
