package org.lrsweep.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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
import org.nd4j.linalg.learning.config.Adam;

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
}
