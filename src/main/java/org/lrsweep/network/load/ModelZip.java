package org.lrsweep.network.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.LayersAsGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j model zip: configuration, parameters and updater state. Other entries, as
 * normalizers, which are Java objects, are passed over, normalizers with a notice.
 */
final class ModelZip {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";

  /** Deeplearning4j has two names for such entries. */
  private static final List<String> NORMALIZERS = List.of("normalizer.bin", "preprocessor.bin");

  private static final int MOST_ENTRIES = 64;

  /** More than a vector of the longest length that Java has. */
  private static final long MOST_BYTES = 9L << 30;

  private final NetworkFile file;

  private ModelZip(NetworkFile file) {
    this.file = file;
  }

  /** The network as it was saved. */
  static LoadedNetwork load(NetworkFile file) throws IOException {
    ModelZip zip = new ModelZip(file);
    LoadedNetwork loaded = zip.load();
    return new LoadedNetwork(
        loaded.spec(), loaded.state(), loaded.withoutOptimizer(), zip.notices(), loaded.sha256());
  }

  private LoadedNetwork load() throws IOException {
    byte[] json =
        entry(
                CONFIGURATION,
                in -> NetworkFile.bytes(in, ConfigurationJson.mostBytes(), CONFIGURATION))
            .orElseThrow(
                () ->
                    new IOException(
                        "expected a model zip of Deeplearning4j's with the entry "
                            + CONFIGURATION
                            + ", found none"));
    ConfigurationJson configuration =
        ConfigurationJson.of(json, file.name() + "'s " + CONFIGURATION);
    if (configuration.graph().isPresent()) {
      ComputationGraph network = NetworkLoader.graph(configuration);
      if (lacksState(network.params(), network.getUpdater().getStateViewArray())) {
        network.getConfiguration().setIterationCount(0);
      }
      return NetworkLoader.of(network, file.sha256());
    }
    MultiLayerNetwork network = NetworkLoader.layers(configuration);
    if (lacksState(network.params(), network.getUpdater().getStateViewArray())) {
      network.getLayerWiseConfigurations().setIterationCount(0);
    }
    return NetworkLoader.of(LayersAsGraph.of(network), file.sha256());
  }

  private List<String> notices() throws IOException {
    List<String> notices = new ArrayList<>();
    for (String normalizer : NORMALIZERS) {
      if (entry(normalizer, in -> normalizer).isPresent()) {
        notices.add(
            "%s has a normalizer, its entry %s, which LRSweep doesn't read; the network is trained on examples as data.scaling makes them"
                .formatted(file.name(), normalizer));
      }
    }
    return notices;
  }

  /**
   * Fills parameters and updater state. Where the file has no state for updaters that keep one,
   * they begin anew: at the step of the file, Adam would take its empty means for settled ones.
   */
  private boolean lacksState(INDArray parameters, INDArray updaterState) throws IOException {
    FlatArrays.assign(
        parameters,
        entry(PARAMETERS, in -> SavedArray.read(in, parameters.length(), "parameters"))
            .orElseThrow(() -> new IOException("expected the entry " + PARAMETERS)),
        "parameters");
    if (updaterState == null) {
      return false;
    }
    Optional<float[]> saved =
        entry(UPDATER_STATE, in -> SavedArray.read(in, updaterState.length(), "updater state"));
    saved.ifPresent(state -> FlatArrays.assign(updaterState, state, "updater state"));
    return saved.isEmpty();
  }

  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private <T> Optional<T> entry(String name, Reader<T> reader) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(file.open()))) {
      Limited content = new Limited(zip);
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw new IOException(
              "a model zip must have %s entries at most, found more".formatted(MOST_ENTRIES));
        }
        if (entry.getName().equals(name)) {
          return Optional.of(reader.read(new BufferedInputStream(content)));
        }
        content.transferTo(OutputStream.nullOutputStream());
      }
      return Optional.empty();
    } catch (EOFException e) {
      throw new IOException("the file, or its entry " + name + ", ends too early", e);
    }
  }

  /** Bytes of all entries up to a limit, whatever the zip inflates to. */
  private static final class Limited extends FilterInputStream {
    private long count;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int more) throws IOException {
      count += more;
      if (count > MOST_BYTES) {
        throw new IOException(
            "the entries of a model zip must have %s bytes at most, found more"
                .formatted(MOST_BYTES));
      }
    }
  }
}
