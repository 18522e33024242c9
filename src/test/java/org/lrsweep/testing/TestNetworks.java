package org.lrsweep.testing;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Tiny networks for {@link ArrayExamples}. */
public final class TestNetworks {
  private TestNetworks() {}

  public static ComputationGraphConfiguration dense(IUpdater updater) {
    return dense(updater, 8);
  }

  public static ComputationGraphConfiguration dense(IUpdater updater, int hidden) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.feedForward(ArrayExamples.INPUTS))
        .addLayer(
            "hidden",
            new DenseLayer.Builder().nOut(hidden).activation(Activation.TANH).build(),
            "in")
        .addLayer("out", output(), "hidden")
        .setOutputs("out")
        .build();
  }

  /** With what makes repeating hard: batch norm's running statistics and dropout. */
  public static ComputationGraphConfiguration batchNormAndDropout(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.feedForward(ArrayExamples.INPUTS))
        .addLayer(
            "hidden", new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build(), "in")
        .addLayer("norm", new BatchNormalization.Builder().build(), "hidden")
        .addLayer("out", dropOut(output()), "norm")
        .setOutputs("out")
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(ArrayExamples.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OutputLayer dropOut(OutputLayer layer) {
    layer.setIDropout(new org.deeplearning4j.nn.conf.dropout.Dropout(0.5));
    return layer;
  }
}
