package org.lrsweep.network;

import java.io.Serializable;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network as executors receive it: its configuration as JSON, which unlike DL4J's own Java
 * serialisation and {@code clone()} loses nothing, and which makes each replica's objects its own.
 *
 * @param json the configuration of a computation graph with one input and one output
 */
public record NetworkSpec(String json) implements Serializable {

  public NetworkSpec {
    Objects.requireNonNull(json, "json");
  }

  /**
   * The spec of a configured graph.
   *
   * @throws IllegalArgumentException if the graph has not exactly one input and one output
   */
  public static NetworkSpec of(ComputationGraphConfiguration configuration) {
    int inputs = configuration.getNetworkInputs().size();
    int outputs = configuration.getNetworkOutputs().size();
    if (inputs != 1 || outputs != 1) {
      throw new IllegalArgumentException(
          "A network needs one input and one output, found " + inputs + " and " + outputs);
    }
    return new NetworkSpec(configuration.toJson());
  }

  /** A new network with random parameters from the configuration's seed. */
  public ComputationGraph build() {
    ComputationGraph network = new ComputationGraph(configuration());
    network.init();
    return network;
  }

  /** The state of such a network. It is freed at once: the driver makes one for each trial. */
  public TrainingState initialState() {
    ComputationGraph network = build();
    try {
      return TrainingState.of(network);
    } finally {
      FlatArrays.free(network);
    }
  }

  /** How many parameters the network has. */
  public long parameters() {
    return configuration().getVertices().values().stream()
        .mapToLong(vertex -> vertex.numParams(true))
        .sum();
  }

  /**
   * The same network with a seed that is the same for all: replicas get their parameters from
   * outside, so those of one seed serve another.
   */
  public NetworkSpec withoutSeed() {
    ComputationGraphConfiguration configuration = configuration();
    configuration.getDefaultConfiguration().setSeed(0);
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        layer.getLayerConf().setSeed(0);
      }
    }
    return of(configuration);
  }

  public ComputationGraphConfiguration configuration() {
    return ComputationGraphConfiguration.fromJson(json);
  }
}
