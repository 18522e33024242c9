package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.testing.LocalSpark;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Experiments that train a user's own network, of four steps an epoch. */
@ExtendWith(LocalSpark.class)
class OwnNetworkTest {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64, image-size = 12 }
        data.augmentation.shift = 0
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { step-sizes-epochs = [0.5], epochs = 1, base-lrs = [0.001], max-lrs = [0.01] }
      }
      """;

  @TempDir private Path folder;

  private Experiment experiment(JavaSparkContext spark, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + folder.resolve("results"));
    return Experiment.of(ConfigLoader.load(SMALL, "test", all)).on(spark);
  }

  private ResultStore store() {
    return ResultStore.open(folder.resolve("results").toString(), new Configuration());
  }

  /** Two layers and a batch norm that are frozen, two that are not. */
  private static ComputationGraphConfiguration halfFrozen(int classes) {
    return halfFrozen(classes, LossFunction.MCXENT);
  }

  private static ComputationGraphConfiguration halfFrozen(int classes, LossFunction loss) {
    ConvolutionLayer convolution =
        new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build();
    return new NeuralNetConfiguration.Builder()
        .seed(11)
        .updater(new Adam(0.01))
        .l2(0.1)
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(1)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.convolutional(12, 12, 1))
        .addLayer("convolution", new FrozenLayer(convolution), "in")
        .addLayer("norm", new FrozenLayer(new BatchNormalization()), "convolution")
        .addLayer("dense", new DenseLayer.Builder().nOut(8).build(), "norm")
        .addLayer(
            "output",
            new OutputLayer.Builder(loss).nOut(classes).activation(Activation.SOFTMAX).build(),
            "dense")
        .setOutputs("output")
        .build();
  }

  private Path zip() throws IOException {
    ComputationGraph network = new ComputationGraph(halfFrozen(10));
    network.init();
    Path zip = folder.resolve("frozen.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);
    return zip;
  }

  private Map<String, INDArray> trained(TrialRow trial) throws IOException {
    String path = trial.modelPath();
    File file = folder.resolve("results").resolve(path.substring(path.indexOf("models/"))).toFile();
    return ModelSerializer.restoreComputationGraph(file).paramTable();
  }

  @Test
  void frozenLayersAreBitIdenticalAfterATestAndASweep(JavaSparkContext spark) throws IOException {
    Path zip = zip();
    Map<String, INDArray> before =
        ModelSerializer.restoreComputationGraph(zip.toFile()).paramTable();

    ExperimentResult result =
        experiment(
                spark,
                "model.network=" + zip,
                "sweep.workers-per-trial=2",
                "sweep.seeds=[1, 2]",
                "optimizer.type=adam")
            .withRun(RunChoice.named("tuned"))
            .run();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    List<TrialRow> trials = store().read(Tables.TRIALS, "tuned");
    assertThat(trials).hasSize(2);
    for (TrialRow trial : trials) {
      Map<String, INDArray> after = trained(trial);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      after.forEach(
          (name, values) -> {
            boolean frozen = name.startsWith("convolution") || name.startsWith("norm");
            boolean same =
                Arrays.equals(
                    values.dup('c').data().asBytes(), before.get(name).dup('c').data().asBytes());
            assertThat(same).as(name + " of " + trial.trialId()).isEqualTo(frozen);
          });
    }
  }

  @Test
  void theOptimizerOfTheNetworkItselfTrainsIt(JavaSparkContext spark) throws IOException {
    Path json = folder.resolve("net.json");
    Files.writeString(json, halfFrozen(10).toJson());

    ExperimentResult result =
        experiment(spark, "model.network=" + json, "optimizer.type=model")
            .withRun(RunChoice.named("own"))
            .sweep();

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    String path = store().read(Tables.TRIALS, "own").get(0).modelPath();
    File file = folder.resolve("results").resolve(path.substring(path.indexOf("models/"))).toFile();
    ComputationGraph after = ModelSerializer.restoreComputationGraph(file);
    assertThat(after.getUpdater().getStateViewArray().length())
        .as("Adam's two moments of what is trained")
        .isEqualTo(
            2 * (after.getLayer("dense").numParams() + after.getLayer("output").numParams()));
  }

  @Test
  void freshWeightsAreTheTrialsSeeds(JavaSparkContext spark) throws IOException {
    Path zip = zip();

    experiment(
            spark,
            "model.network=" + zip,
            "model.weights=fresh",
            "sweep.seeds=[1, 2]",
            "sweep.base-lrs=[1e-12]",
            "sweep.max-lrs=[2e-12]")
        .withRun(RunChoice.named("fresh"))
        .sweep();

    List<TrialRow> trials = store().read(Tables.TRIALS, "fresh");
    INDArray one = trained(trials.get(0)).get("dense_W");
    INDArray other = trained(trials.get(1)).get("dense_W");
    INDArray saved = ModelSerializer.restoreComputationGraph(zip.toFile()).getParam("dense_W");
    assertThat(one).isNotEqualTo(other).isNotEqualTo(saved);
  }

  @Test
  void aNormalizerThatIsNotReadIsSaid(JavaSparkContext spark) throws IOException {
    Path zip = zip();
    NormalizerStandardize normalizer =
        new NormalizerStandardize(Nd4j.zeros(1, 144), Nd4j.ones(1, 144));
    ModelSerializer.addNormalizerToModel(zip.toFile(), normalizer);
    StringWriter said = new StringWriter();

    experiment(spark, "model.network=" + zip)
        .printingTo(new PrintWriter(said))
        .withRun(RunChoice.named("scaled"))
        .find();

    assertThat(said.toString())
        .containsOnlyOnce("NOTE: " + zip + " has a normalizer, its entry normalizer.bin, ");
  }

  @Test
  void aNetworkThatDoesNotFitTheDataIsRefusedBeforeAnythingIsStarted() throws IOException {
    Path json = folder.resolve("net.json");
    Files.writeString(json, halfFrozen(3).toJson());

    assertThatThrownBy(() -> experiment(null, "model.network=" + json))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(
            "model.network: layer \"output\" has outputs of shape [3], the data have 10");
    assertThatThrownBy(() -> experiment(null, "model.network=" + zip(), "data.image-size=28"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(
            "model.network: layer \"dense\" can't read what comes of examples of 1x28x28: ");
    assertThatThrownBy(() -> experiment(null, "model.network=small-cnn", "optimizer.type=model"))
        .hasMessage(
            "model.network: small-cnn has no optimizer of its own, so optimizer.type can't be"
                + " model");
    assertThatThrownBy(() -> experiment(null, "model.weights=some"))
        .hasMessage("model.weights must be one of keep, fresh, found 'some'");
  }

  @Test
  void aRunGoesOnWithTheNetworkThatItBeganWithOnly(JavaSparkContext spark) throws IOException {
    Path json = folder.resolve("net.json");
    Files.writeString(json, halfFrozen(10).toJson());
    String[] setting = {"model.network=" + json, "checkpoint.keep=true"};
    experiment(spark, setting).withRun(RunChoice.named("first")).find();
    RunRow row = store().read(Tables.RUNS, "first").get(0);
    assertThat(row.networkSha256()).hasSize(64);
    store().commitRun(row.ended(RunStatus.FAILED, row.finishedAt()));

    Files.writeString(json, halfFrozen(10).toJson() + " ");

    assertThatThrownBy(() -> experiment(spark, setting).withRun(RunChoice.resume("first")).find())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "--resume first needs the same file of model.network, by its SHA-256 as before, "
                + row.networkSha256());
  }

  /** Both losses are the same function of the class; only labels differ. */
  @Test
  void aSparseLossTrainsOnTheSameClasses(JavaSparkContext spark) throws IOException {
    List<List<Double>> losses = new ArrayList<>();
    for (LossFunction loss : List.of(LossFunction.MCXENT, LossFunction.SPARSE_MCXENT)) {
      Path json = folder.resolve(loss + ".json");
      Files.writeString(json, halfFrozen(10, loss).toJson());
      String run = loss.name().replace("_", "-");
      experiment(spark, "model.network=" + json, "optimizer.type=model")
          .withRun(RunChoice.named(run))
          .sweep();
      losses.add(store().read(Tables.TRAIN_STEPS, run).stream().map(TrainStepRow::loss).toList());
    }

    assertThat(losses.get(0)).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(losses.get(1).get(i)).isEqualTo(losses.get(0).get(i), within(1e-4));
    }
  }

  /**
   * A few steps of what conf/examples/fine-tune.conf does, from a network that small-cnn became.
   */
  @Test
  void theExampleOfFineTuningRuns(JavaSparkContext spark) {
    String[] small = {
      "output=" + folder.resolve("results"),
      "data.dataset=generated-garments",
      "data.train-examples=256",
      "data.test-examples=64",
      "data.image-size=12"
    };
    ExperimentResult first =
        experiment(spark, "model.network=small-cnn", "sweep.epochs=6", "sweep.max-lrs=[0.1]")
            .withRun(RunChoice.named("first"))
            .sweep();
    String model = first.bestTrial().orElseThrow().modelPath();
    List<String> settings = new ArrayList<>(List.of(small));
    settings.add(
        "model.network="
            + folder.resolve("results").resolve(model.substring(model.indexOf("models/"))));

    ExperimentResult tuned =
        Experiment.of(
                ConfigLoader.load(ConfigFiles.named("conf/examples/fine-tune.conf"), settings))
            .on(spark)
            .withRun(RunChoice.named("tuned"))
            .find();

    assertThat(store().read(Tables.FINDER_STEPS, tuned.runId()).get(0).loss())
        .as("begins from what the first run came to, not from ten classes by chance")
        .isLessThan(0.9 * Math.log(10));
  }
}
