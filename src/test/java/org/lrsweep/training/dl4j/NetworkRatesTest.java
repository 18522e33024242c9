package org.lrsweep.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkRatesTest {
  private static ComputationGraphConfiguration network(Layer first) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Sgd(0.1))
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.recurrent(2, 5))
        .addLayer("first", first, "in")
        .addLayer("last", new LastTimeStep(new LSTM.Builder().nOut(3).build()), "first")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build(),
            "last")
        .setOutputs("out")
        .build();
  }

  private static LSTM lstm(double rate) {
    return new LSTM.Builder().nOut(3).updater(new Sgd(rate)).build();
  }

  @Test
  void anotherRateInsideOfAWrapperOrOfASameDiffLayerIsRefused() {
    SelfAttentionLayer attention =
        new SelfAttentionLayer.Builder().nOut(3).nHeads(1).projectInput(true).build();
    attention.setUpdater(new Sgd(0.3));
    for (Layer first : new Layer[] {new Bidirectional(lstm(0.2)), attention}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NetworkRates.of(network(first)).at(4, 0))
          .withMessage(
              "Rounds train all layers at one learning rate; this network's have 2 different ones"
                  + " in step 4. Give the master a schedule, or the layers one updater");
    }
  }

  @Test
  void theRateOfAFrozenLayerDoesNotMatter() {
    assertThat(NetworkRates.of(network(new FrozenLayer(lstm(0.2)))).at(4, 0)).isEqualTo(0.1);
    assertThat(NetworkRates.of(network(new Bidirectional(lstm(0.1)))).at(4, 0)).isEqualTo(0.1);
  }
}
