package org.lrsweep.experiment;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of a user's own for small tables and sequences, as Deeplearning4j's JSON. */
final class TaskNetworks {
  private TaskNetworks() {}

  static String mlp(int inputs, int outputs, LossFunction loss, Activation activation) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam())
        .list()
        .layer(new DenseLayer.Builder().nIn(inputs).nOut(16).activation(Activation.TANH).build())
        .layer(new OutputLayer.Builder(loss).nIn(16).nOut(outputs).activation(activation).build())
        .build()
        .toJson();
  }

  /** Of sequences of two channels the last step's output says which of two classes. */
  static String lstm() {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam())
        .list()
        .layer(new LastTimeStep(new LSTM.Builder().nIn(2).nOut(8).build()))
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .build()
        .toJson();
  }
}
