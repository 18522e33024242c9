package org.lrsweep.network.load;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lrsweep.network.KeptRandom;
import org.lrsweep.network.LayersAsGraph;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;

/**
 * Loads networks by what an experiment calls them: the path or URI of a Deeplearning4j
 * configuration (.json) or model (.zip) or of a Keras model (.h5), or {@code class:} and the name
 * of a supplier of a configuration.
 *
 * <p>Nothing is read by Java deserialisation, and a file can name no classes but Deeplearning4j's,
 * ND4J's and LRSweep's own.
 */
public final class NetworkLoader {
  private static final String CLASS = "class:";

  private final Configuration hadoop;

  /**
   * @param hadoop where file systems and their credentials are configured
   */
  public NetworkLoader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Whether a name is that of a file or of a class, not of a network that LRSweep brings along. */
  public static boolean isLoadable(String name) {
    return name.startsWith(CLASS) || name.indexOf('.') >= 0 || name.indexOf('/') >= 0;
  }

  /**
   * Loads a network. The caller's random numbers stay as they are.
   *
   * @param name a path, a URI, or {@code class:} and a class
   * @throws IllegalArgumentException if it can't be read or can't be trained in rounds, as {@link
   *     NetworkSpec#of} says; the message names file or class, and the mend
   */
  public LoadedNetwork load(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    NetworkFile file = new NetworkFile(name, hadoop);
    try {
      if (name.startsWith(CLASS)) {
        return built(NetworkClass.configuration(name.substring(CLASS.length())));
      }
      if (lower.endsWith(".json")) {
        return configured(ConfigurationJson.of(file), file.sha256());
      }
      if (lower.endsWith(".zip")) {
        return ModelZip.load(file);
      }
      if (lower.endsWith(".h5") || lower.endsWith(".hdf5")) {
        return keras(file);
      }
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("there is no file " + name, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + " can't be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // Of the libraries that read a file and build its network.
      throw new IllegalArgumentException(
          "%s can't be read: %s"
              .formatted(
                  name, ExceptionUtils.getRootCauseMessage(e).lines().findFirst().orElse("")),
          e);
    }
    throw new IllegalArgumentException(
        "expected a Deeplearning4j configuration (.json), a Deeplearning4j model (.zip), a Keras model (.h5) or class: and a class's name, found "
            + name);
  }

  private static LoadedNetwork keras(NetworkFile file) throws IOException {
    try {
      return KerasModel.load(file);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private static LoadedNetwork built(ConfigurationJson configuration) throws IOException {
    LoadedNetwork loaded = configured(configuration, "");
    byte[] json = loaded.spec().json().getBytes(StandardCharsets.UTF_8);
    String sha256 = NetworkFile.sha256(new ByteArrayInputStream(json));
    return new LoadedNetwork(loaded.spec(), Optional.empty(), sha256);
  }

  private static LoadedNetwork configured(ConfigurationJson configuration, String sha256) {
    NetworkSpec spec =
        configuration
            .graph()
            .map(NetworkSpec::of)
            .orElseGet(() -> NetworkSpec.of(graph(layers(configuration)).getConfiguration()));
    return new LoadedNetwork(spec, Optional.empty(), sha256);
  }

  private static ComputationGraph graph(MultiLayerNetwork layers) {
    return LayersAsGraph.of(layers);
  }

  /** A network of layers of a configuration, with random parameters. */
  static MultiLayerNetwork layers(ConfigurationJson configuration) {
    return KeptRandom.during(
        () -> {
          MultiLayerNetwork network = new MultiLayerNetwork(configuration.layers().orElseThrow());
          network.init();
          return network;
        });
  }

  /** A graph of a configuration, with random parameters. */
  static ComputationGraph graph(ConfigurationJson configuration) {
    return KeptRandom.during(
        () -> {
          ComputationGraph network = new ComputationGraph(configuration.graph().orElseThrow());
          network.init();
          return network;
        });
  }

  /** The spec and state of a graph. */
  static LoadedNetwork of(ComputationGraph network, String sha256) {
    return new LoadedNetwork(
        NetworkSpec.of(network.getConfiguration()), Optional.of(TrainingState.of(network)), sha256);
  }
}
