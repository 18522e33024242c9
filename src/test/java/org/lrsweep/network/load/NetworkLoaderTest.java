package org.lrsweep.network.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkLoaderTest {
  private static final NetworkLoader LOADER = new NetworkLoader(new Configuration());
  private static boolean gadgetLoaded;

  @TempDir private Path folder;

  /** A layer that a file must not be able to name. */
  public static final class Gadget extends ActivationLayer {
    private static final long serialVersionUID = 1L;

    static {
      gadgetLoaded = true;
    }
  }

  /** A user's networks. */
  public static final class Nets implements Supplier<ComputationGraphConfiguration> {
    @Override
    public ComputationGraphConfiguration get() {
      return TestNetworks.dense(new Sgd(0.1));
    }
  }

  /** No supplier of a network. */
  public static final class Words implements Supplier<String> {
    @Override
    public String get() {
      return "words";
    }
  }

  /** A user's networks that fail. */
  public static final class Failing implements Supplier<ComputationGraphConfiguration> {
    @Override
    public ComputationGraphConfiguration get() {
      throw new IllegalStateException("no file of classes");
    }
  }

  /** A user's class that can't be initialised. */
  public static final class Broken implements Supplier<ComputationGraphConfiguration> {
    private static final int SIZE = Integer.parseInt("many");

    @Override
    public ComputationGraphConfiguration get() {
      throw new IllegalStateException("size " + SIZE);
    }
  }

  private static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Adam(0.01))
        .list()
        .layer(
            new DenseLayer.Builder()
                .nIn(ArrayExamples.INPUTS)
                .nOut(6)
                .activation(Activation.TANH)
                .build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(6)
                .nOut(ArrayExamples.CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static INDArray examples() {
    return Nd4j.linspace(-1, 1, 4L * ArrayExamples.INPUTS, DataType.FLOAT)
        .reshape(4, ArrayExamples.INPUTS);
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(4, ArrayExamples.CLASSES);
    for (int i = 0; i < 4; i++) {
      labels.putScalar(i, i % ArrayExamples.CLASSES, 1);
    }
    return labels;
  }

  /** What a loaded network says to the examples. */
  private static INDArray outputs(LoadedNetwork loaded) {
    ComputationGraph network = loaded.spec().build();
    loaded.state().ifPresent(state -> state.restore(network));
    return network.outputSingle(examples());
  }

  @Test
  void aConfigurationOfAGraphHasItsOwnRandomWeights() throws IOException {
    ComputationGraphConfiguration graph = TestNetworks.dense(new Sgd(0.1));
    Path json = file("graph.json", graph.toJson());

    LoadedNetwork loaded = LOADER.load(json.toString());

    assertThat(loaded.state()).isEmpty();
    ComputationGraph same = new ComputationGraph(graph);
    same.init();
    assertThat(outputs(loaded)).isEqualTo(same.outputSingle(examples()));
    assertThat(LOADER.load(json.toUri().toString()).sha256())
        .as("by its URI")
        .isEqualTo(loaded.sha256())
        .hasSize(64);
  }

  @Test
  void aConfigurationOfLayersBecomesTheGraphThatItIs() throws IOException {
    MultiLayerNetwork same = new MultiLayerNetwork(layers());
    same.init();

    LoadedNetwork loaded = LOADER.load(file("layers.json", layers().toJson()).toString());

    assertThat(loaded.state()).isEmpty();
    ComputationGraph network = loaded.spec().build();
    TrainingState.of(same).restore(network);
    assertThat(network.outputSingle(examples())).isEqualTo(same.output(examples()));
  }

  @Test
  void aZipOfAGraphKeepsWeightsUpdaterStateAndStep() throws IOException {
    ComputationGraph network = new ComputationGraph(TestNetworks.dense(new Adam(0.01)));
    network.init();
    network.fit(new INDArray[] {examples()}, new INDArray[] {labels()});
    Path zip = folder.resolve("graph.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);

    LoadedNetwork loaded = LOADER.load(zip.toString());

    ComputationGraph restored = ModelSerializer.restoreComputationGraph(zip.toFile());
    assertThat(outputs(loaded)).isEqualTo(restored.outputSingle(examples()));
    assertThat(loaded.state().orElseThrow().step()).isEqualTo(1);
    assertThat(loaded.state().orElseThrow().updaterState())
        .containsExactly(restored.getUpdater().getStateViewArray().toFloatVector());
  }

  @Test
  void aZipOfLayersIsTheSameNetworkAsDeeplearning4jRestores() throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    network.fit(examples(), labels());
    Path zip = folder.resolve("layers.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);

    LoadedNetwork loaded = LOADER.load(zip.toString());

    assertThat(outputs(loaded))
        .isEqualTo(ModelSerializer.restoreMultiLayerNetwork(zip.toFile()).output(examples()));
    assertThat(loaded.state().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void aZipWithoutUpdaterStateBeginsWithAnEmptyOneAtStep0() throws IOException {
    ComputationGraph network = new ComputationGraph(TestNetworks.dense(new Adam(0.01)));
    network.init();
    network.fit(new INDArray[] {examples()}, new INDArray[] {labels()});
    Path zip = folder.resolve("graph.zip");
    ModelSerializer.writeModel(network, zip.toFile(), false);

    TrainingState state = LOADER.load(zip.toString()).state().orElseThrow();

    assertThat(state.updaterState()).hasSize(2 * (int) network.numParams()).containsOnly(0);
    assertThat(state.step()).isZero();
    assertThat(state.parameters()).isEqualTo(network.params().toFloatVector());
  }

  @Test
  void aClassSuppliesANetwork() {
    LoadedNetwork loaded = LOADER.load("class:" + Nets.class.getName());

    ComputationGraph same = new ComputationGraph(new Nets().get());
    same.init();
    assertThat(outputs(loaded)).isEqualTo(same.outputSingle(examples()));
    assertThat(loaded.sha256()).hasSize(64);
  }

  @Test
  void aClassThatSuppliesNoNetworkIsRefused() {
    assertThatThrownBy(() -> LOADER.load("class:com.example.Nets"))
        .hasMessage("there is no class com.example.Nets; give its jar with --jars");
    assertThatThrownBy(() -> LOADER.load("class:" + Words.class.getName()))
        .hasMessageEndingWith("; it supplied java.lang.String");
    assertThatThrownBy(() -> LOADER.load("class:" + Failing.class.getName()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            Failing.class.getName() + " threw java.lang.IllegalStateException: no file of classes");
    assertThatThrownBy(() -> LOADER.load("class:" + Broken.class.getName()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(Broken.class.getName() + " can't be loaded: ");
    assertThatThrownBy(() -> LOADER.load("class:java.lang.Math"))
        .hasMessageContaining("must be a java.util.function.Supplier");
  }

  @Test
  void aFileNamesNoClassesButDeeplearning4jsOwn() throws IOException {
    String graph = TestNetworks.dense(new Sgd(0.1)).toJson();
    String dense = "\"org.deeplearning4j.nn.conf.layers.DenseLayer\"";
    assertThat(graph).contains(dense);
    String gadget = "\"" + NetworkLoaderTest.class.getName() + "$Gadget\"";
    Path json = file("gadget.json", graph.replace(dense, gadget));

    assertThatThrownBy(() -> LOADER.load(json.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gadget.json names the class org.lrsweep.network.load")
        .hasMessageContaining("a file may name classes of Deeplearning4j and ND4J only");
    assertThat(gadgetLoaded).as("static initialiser has run").isFalse();
  }

  /** Jackson takes an object's type from an array's first element too. */
  @Test
  void aClassNamedByAnArrayIsRefusedToo() throws IOException {
    String graph = TestNetworks.dense(new Sgd(0.1)).toJson();
    String gadget = "\"iupdater\" : [\"%s\", {}], \"was\" : {".formatted("com.example.Gadget");
    assertThat(graph).contains("\"iupdater\" : {");
    Path json = file("gadget.json", graph.replace("\"iupdater\" : {", gadget));

    assertThatThrownBy(() -> LOADER.load(json.toString()))
        .hasMessageContaining("names the class com.example.Gadget");
  }

  @Test
  void whatIsNoNetworkIsRefusedWithWhatItShouldBe() throws IOException {
    assertThatThrownBy(() -> LOADER.load(folder + "/none.json"))
        .hasMessage("there is no file " + folder + "/none.json");
    assertThatThrownBy(() -> LOADER.load(file("a.json", "{\"a\": 1}").toString()))
        .hasMessageEndingWith("; found neither");
    assertThatThrownBy(() -> LOADER.load(file("b.json", "{").toString()))
        .hasMessageContaining("b.json is no JSON: ");
    assertThatThrownBy(() -> LOADER.load(file("c.zip", "no zip").toString()))
        .hasMessageEndingWith("with the entry configuration.json, found none");
    assertThatThrownBy(() -> LOADER.load("net.onnx"))
        .hasMessageStartingWith("expected a Deeplearning4j configuration (.json), ");
    assertThatThrownBy(() -> LOADER.load(file("d.json", "[".repeat(2000)).toString()))
        .hasMessageContaining("d.json is no JSON: ");
  }

  private Map<String, byte[]> entries() throws IOException {
    ComputationGraph network = new ComputationGraph(TestNetworks.dense(new Sgd(0.1)));
    network.init();
    Path zip = folder.resolve("whole.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private String zip(Map<String, byte[]> entries) throws IOException {
    Path zip = folder.resolve("changed.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return zip.toString();
  }

  @Test
  void entriesOfAZipAreLimitedInNumberAndSize() throws IOException {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("entry" + i, new byte[1]);
    }
    String bomb = zip(many);
    assertThatThrownBy(() -> LOADER.load(bomb))
        .hasMessageEndingWith("a model zip must have 64 entries at most, found more");

    String inflated = zip(Map.of("configuration.json", new byte[(64 << 20) + 1]));
    assertThatThrownBy(() -> LOADER.load(inflated))
        .hasMessageEndingWith("configuration.json must have 67108864 bytes at most, found more");
  }

  @Test
  void layersThatDeeplearning4jCannotBuildAreRefusedByTheFile() throws IOException {
    String layers = layers().toJson();
    String sizeless = layers.replaceAll("\"nout\" : \\d+", "\"nout\" : 0");
    assertThat(sizeless).isNotEqualTo(layers);
    Path json = file("sizeless.json", sizeless);

    assertThatThrownBy(() -> LOADER.load(json.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(json + " can't be read: DL4JInvalidConfigException: ");
  }

  /** A normalizer is a Java object, and is not missed without a word. */
  @Test
  void otherEntriesAreNeverReadAndNormalizersAreSaid() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("preprocessor.bin", "no Java object".getBytes(StandardCharsets.UTF_8));
    entries.put("normalizer.bin", "none either".getBytes(StandardCharsets.UTF_8));
    entries.putAll(entries());

    LoadedNetwork loaded = LOADER.load(zip(entries));

    assertThat(loaded.state()).isPresent();
    assertThat(loaded.notices())
        .containsExactly(
            folder
                + "/changed.zip has a normalizer, its entry normalizer.bin, which LRSweep doesn't"
                + " read; the network is trained on examples as data.scaling makes them",
            folder
                + "/changed.zip has a normalizer, its entry preprocessor.bin, which LRSweep doesn't"
                + " read; the network is trained on examples as data.scaling makes them");
    assertThat(LOADER.load(zip(entries())).notices()).isEmpty();
  }

  @Test
  void parametersThatAreNotTheNetworksAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] whole = entries.get("coefficients.bin");
    entries.put("coefficients.bin", Arrays.copyOf(whole, whole.length - 1));
    String cut = zip(entries);
    assertThatThrownBy(() -> LOADER.load(cut))
        .hasMessageEndingWith("the file, or its entry coefficients.bin, ends too early");

    entries.put("coefficients.bin", saved(Nd4j.rand(DataType.FLOAT, 1, 5)));
    String few = zip(entries);
    assertThatThrownBy(() -> LOADER.load(few))
        .hasMessageContaining("network has ")
        .hasMessageEndingWith(" values of parameters, found 5");

    entries.put("coefficients.bin", saved(Nd4j.rand(DataType.DOUBLE, 1, 5)));
    String doubles = zip(entries);
    assertThatThrownBy(() -> LOADER.load(doubles))
        .hasMessageContaining("parameters must be of type FLOAT, found DOUBLE; ");

    entries.remove("coefficients.bin");
    String none = zip(entries);
    assertThatThrownBy(() -> LOADER.load(none))
        .hasMessageEndingWith("expected the entry coefficients.bin");
  }

  private static byte[] saved(INDArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Nd4j.write(array, out);
    }
    return bytes.toByteArray();
  }
}
