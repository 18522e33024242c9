package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lrsweep.acceleration.NetworkComparison.TOLERANCE;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertLearnsAsStock;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.convolution;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Sequences whose layers hand each other blocks in training, in ND4J's workspaces. */
class SequencesTest {

  private static final int SIZE = 9;

  @ParameterizedTest
  @EnumSource
  void learnAsStock(CNN2DFormat format) {
    assertLearnsAsStock(network(format), images(format, 4));
  }

  @ParameterizedTest
  @EnumSource
  void trainAsStockOnBatchesOfChangingSize(CNN2DFormat format) {
    MultiLayerNetwork stock = network(format);
    MultiLayerNetwork fast = copy(stock);
    Acceleration.accelerate(fast);
    for (int examples : new int[] {4, 7, 2}) {
      DataSet batch = new DataSet(images(format, examples), labels(examples));
      stock.fit(batch);
      fast.fit(batch);

      assertThat(fast.score()).isCloseTo(stock.score(), within(TOLERANCE));
      INDArray others = images(format, examples + 1);
      assertClose("output", fast.output(others), stock.output(others));
    }
  }

  @ParameterizedTest
  @EnumSource
  void showAListenerTheActivationsOfStockLayers(CNN2DFormat format) {
    MultiLayerNetwork stock = network(format);
    MultiLayerNetwork fast = copy(stock);
    Acceleration.accelerate(fast);
    Activations expected = new Activations();
    Activations found = new Activations();
    stock.setListeners(expected);
    fast.setListeners(found);
    for (MultiLayerNetwork network : List.of(stock, fast)) {
      Nd4j.getRandom().setSeed(3);
      network.setInput(images(format, 4));
      network.setLabels(labels(4));
      network.computeGradientAndScore();
    }

    assertThat(found.seen).hasSameSizeAs(expected.seen).hasSizeGreaterThan(5);
    for (int layer = 0; layer < expected.seen.size(); layer++) {
      assertClose("layer " + layer, found.seen.get(layer), expected.seen.get(layer));
    }
    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  private static final class Activations extends BaseTrainingListener {
    final List<INDArray> seen = new ArrayList<>();

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      activations.forEach(values -> seen.add(values.detach()));
    }
  }

  private static MultiLayerNetwork network(CNN2DFormat format) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Nesterovs(1e-2, 0.9))
                .list()
                .layer(convolution(format, 32))
                .layer(new BatchNormalization.Builder().dataFormat(format).build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(
                    new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(3, 3)
                        .stride(2, 2)
                        .dataFormat(format)
                        .build())
                .layer(convolution(format, 48))
                .layer(convolution(format, 32))
                .layer(new OutputLayer.Builder().nOut(10).build())
                .setInputType(InputType.convolutional(SIZE, SIZE, 3, format))
                .build());
    network.init();
    return network;
  }

  private static INDArray images(CNN2DFormat format, int examples) {
    Nd4j.getRandom().setSeed(examples);
    return NetworkComparison.images(format, examples, 3, SIZE);
  }

  private static INDArray labels(int examples) {
    return AccelerationTest.batch(examples).getLabels();
  }
}
