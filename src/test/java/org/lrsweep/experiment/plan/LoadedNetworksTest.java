package org.lrsweep.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ModelConfig;
import org.lrsweep.config.ModelConfig.Weights;
import org.lrsweep.network.load.NetworkLoader;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Where training begins with a network that was trained before, five steps here. */
class LoadedNetworksTest {
  private static final Training OWN = new Training(Optional.empty(), 0);
  private static final Training ADAM = new Training(Optional.of(new Adam(0.001)), 0);

  @TempDir private Path folder;
  private Path zip;
  private Path json;

  @BeforeEach
  void train() throws IOException {
    ComputationGraph network = new ComputationGraph(TestNetworks.dense(new Adam(0.01)));
    network.init();
    for (int step = 0; step < 5; step++) {
      network.fit(ArrayExamples.random(8, 1).minibatch(0, 0, 8));
    }
    zip = folder.resolve("trained.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);
    json = Files.writeString(folder.resolve("trained.json"), network.getConfiguration().toJson());
    assertThat(network.getConfiguration().getIterationCount()).isEqualTo(5);
  }

  private static long step(Path file, Weights weights, Training training) {
    LoadedNetworks networks =
        LoadedNetworks.of(
            new NetworkLoader(new Configuration()).load(file.toString()),
            new ModelConfig(file.toString(), weights),
            training);
    return networks
        .initial(networks.network(3, new long[] {ArrayExamples.INPUTS}, ArrayExamples.CLASSES))
        .step();
  }

  /** Else Adam would take its empty moments for those of five steps, without correction. */
  @Test
  void randomWeightsBeginAtStepZero() {
    assertThat(step(zip, Weights.FRESH, ADAM)).isZero();
    assertThat(step(zip, Weights.FRESH, OWN)).isZero();
    assertThat(step(json, Weights.KEEP, ADAM)).isZero();
    assertThat(step(json, Weights.KEEP, OWN)).isZero();
  }

  @Test
  void keptWeightsGoOnWhereTheirOwnOptimizerWas() {
    assertThat(step(zip, Weights.KEEP, OWN)).isEqualTo(5);
    assertThat(step(zip, Weights.KEEP, ADAM)).isZero();
  }

  @Test
  void anOutputForEveryStepIsRefusedByName() throws IOException {
    MultiLayerConfiguration steps =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam())
            .list()
            .layer(new LSTM.Builder().nIn(2).nOut(3).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(3)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    Path file = Files.writeString(folder.resolve("steps.json"), steps.toJson());

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LoadedNetworks.of(
                        new NetworkLoader(new Configuration()).load(file.toString()),
                        new ModelConfig(file.toString(), Weights.FRESH),
                        ADAM)
                    .network(3, new long[] {2, 8}, 2))
        .withMessage(
            "layer \"1\" answers every step of a sequence, and data of a job have one label for an"
                + " example; give a network that makes one answer of a sequence, as LastTimeStep"
                + " around an LSTM, or train it by the library on a JavaRDD<DataSet>");
  }

  @Test
  void severalOutputsAreRefusedByName() throws IOException {
    ComputationGraphConfiguration two =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam())
            .graphBuilder()
            .addInputs("in")
            .addLayer("kind", new OutputLayer.Builder().nIn(4).nOut(3).build(), "in")
            .addLayer(
                "size", new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(1).build(), "in")
            .setOutputs("kind", "size")
            .validateOutputLayerConfig(false)
            .build();
    Path file = Files.writeString(folder.resolve("two.json"), two.toJson());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkLoader(new Configuration()).load(file.toString()))
        .withMessageContaining(
            "A network needs one input and one output, since trials are ranked by one metric; found"
                + " the inputs [in] and the outputs [kind, size]");
  }
}
