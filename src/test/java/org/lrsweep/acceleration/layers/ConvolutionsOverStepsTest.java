package org.lrsweep.acceleration.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lrsweep.acceleration.NetworkComparison.TOLERANCE;
import static org.lrsweep.acceleration.NetworkComparison.assertClose;
import static org.lrsweep.acceleration.NetworkComparison.assertSameGradients;
import static org.lrsweep.acceleration.NetworkComparison.copy;
import static org.lrsweep.acceleration.NetworkComparison.sequence;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.AccelerationReport;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Convolutions over steps within whole networks, against the same on stock layers. */
class ConvolutionsOverStepsTest {

  private static final int EXAMPLES = 4;
  private static final int CHANNELS = 3;
  private static final int STEPS = 9;

  private static Convolution1DLayer convolution(Activation activation) {
    return new Convolution1DLayer.Builder(3)
        .nOut(16)
        .convolutionMode(ConvolutionMode.Same)
        .activation(activation)
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(2)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static INDArray steps() {
    return Nd4j.linspace(-1, 1, EXAMPLES * CHANNELS * STEPS, DataType.FLOAT)
        .reshape(EXAMPLES, CHANNELS, STEPS);
  }

  private static INDArray labels() {
    return Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
  }

  @Test
  void sequencesOfVariousLengthsAreTakenAsByStockLayers() {
    MultiLayerNetwork stock =
        sequence(
            InputType.recurrent(CHANNELS, STEPS),
            convolution(Activation.RELU),
            convolution(Activation.SWISH),
            new GlobalPoolingLayer(PoolingType.AVG),
            output());
    MultiLayerNetwork fast = copy(stock);
    AccelerationReport report = Acceleration.accelerate(fast);
    assertThat(report.accelerated()).contains("layer0", "layer1");
    INDArray mask = Nd4j.ones(DataType.FLOAT, EXAMPLES, STEPS);
    mask.get(NDArrayIndex.point(1), NDArrayIndex.interval(5, STEPS)).assign(0);
    mask.get(NDArrayIndex.point(2), NDArrayIndex.interval(2, STEPS)).assign(0);

    assertClose(
        "output",
        fast.output(steps(), false, mask, null),
        stock.output(steps(), false, mask, null));
    for (MultiLayerNetwork network : new MultiLayerNetwork[] {stock, fast}) {
      network.setInput(steps());
      network.setLabels(labels());
      network.setLayerMaskArrays(mask, null);
      network.computeGradientAndScore();
    }
    assertSameGradients(fast.gradient(), stock.gradient(), TOLERANCE);
  }

  @Test
  void aGraphLearnsAsOnStockLayers() {
    ComputationGraph stock =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.5))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(CHANNELS, STEPS))
                .addLayer("first", convolution(Activation.TANH), "in")
                .addLayer("second", convolution(Activation.RELU), "first")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.MAX), "second")
                .addLayer("output", output(), "pool")
                .setOutputs("output")
                .build());
    stock.init();
    ComputationGraph fast = copy(stock);
    assertThat(Acceleration.accelerate(fast).accelerated())
        .containsExactlyInAnyOrder("first", "second", "output");
    DataSet data = new DataSet(steps(), labels());

    for (int step = 0; step < 5; step++) {
      stock.fit(data);
      fast.fit(data);
    }

    assertClose("parameters", fast.params(), stock.params());
  }

  @Test
  void causalOnesStayStock() {
    MultiLayerNetwork network =
        sequence(
            InputType.recurrent(CHANNELS, STEPS),
            new Convolution1DLayer.Builder(3)
                .nOut(4)
                .convolutionMode(ConvolutionMode.Causal)
                .build());

    assertThat(Acceleration.accelerate(network).stock())
        .extracting(AccelerationReport.Stock::reason)
        .containsExactly("causal");
  }
}
