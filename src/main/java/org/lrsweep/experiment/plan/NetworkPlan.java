package org.lrsweep.experiment.plan;

import java.util.List;
import java.util.Optional;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.ModelConfig;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.load.NetworkLoader;
import org.lrsweep.network.zoo.NetworkType;

/** The networks that an experiment trains, for its data or as far as they are known before it. */
public final class NetworkPlan {
  private final ExperimentConfig config;
  private final boolean isForOwnData;
  private final Networks networks;

  /**
   * The networks that a configuration names; a file is read.
   *
   * @param isForOwnData whether only the user's own data tell their shape and classes
   * @throws org.lrsweep.config.InvalidConfigException if nothing answers to a name, or a file can't
   *     be used
   */
  NetworkPlan(ExperimentConfig config, boolean isForOwnData) {
    this.config = config;
    this.isForOwnData = isForOwnData;
    Training training = NamedValue.of("optimizer.type", config.optimizer(), Training::of);
    networks = NamedValue.of("model.network", config.model(), model -> named(model, training));
  }

  private static Networks named(ModelConfig model, Training training) {
    if (!NetworkLoader.isLoadable(model.network())) {
      NetworkType type = NetworkType.of(model.network());
      return new ZooNetworks(
          type,
          training
              .updater()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has no optimizer of its own, so optimizer.type can't be model"
                              .formatted(model.network()))),
          training.weightDecay());
    }
    return LoadedNetworks.of(
        new NetworkLoader(HadoopSettings.configuration()).load(model.network()), model, training);
  }

  /**
   * A throw-away network, so that images that it can't read are refused before anything is started
   * and not on a cluster.
   *
   * @throws org.lrsweep.config.InvalidConfigException if it can't
   */
  NetworkSpec expected(int classes) {
    return NamedValue.of(
        networks.sha256().isEmpty() ? "data.image-size" : "model.network",
        classes,
        count -> network(config.seed(), count));
  }

  /**
   * The network as far as it is known before the data is read. Of a file, it is the one for a
   * user's own data, whose shape and classes are not known yet.
   */
  NetworkSpec network(long seed, int classes) {
    return isOfUnknownShape() ? networks.unfitted() : network(seed, expectedShape(), classes);
  }

  /** Whether the network is a user's own as the data is, so that only these tell its shape. */
  boolean isOfUnknownShape() {
    return isForOwnData && networks.sha256().isPresent();
  }

  /**
   * The network for data of a kind.
   *
   * @param shape of an example: [channels, height, width] or [length]
   * @throws IllegalArgumentException if it can't read such examples, or tell so many classes
   */
  public NetworkSpec network(long seed, long[] shape, int classes) {
    return networks.network(seed, shape, classes);
  }

  /** The shape of an example, as far as it is known before the data is read. */
  long[] expectedShape() {
    List<Integer> given = config.data().source().shape();
    int size = config.data().imageSize();
    return !isForOwnData || given.isEmpty()
        ? new long[] {1, size, size}
        : given.stream().mapToLong(Integer::longValue).toArray();
  }

  /** What a run of a network begins from. */
  public TrainingState initial(NetworkSpec network) {
    return networks.initial(network);
  }

  /** Sentences for the user on what was not taken from the network's file. */
  public List<String> notices() {
    return networks.notices();
  }

  /** Numbers of parameters and of what the updater keeps. */
  long stateSize(NetworkSpec network) {
    return networks.stateSize(network);
  }

  /** SHA-256 of the network's file, in hex; empty for one that LRSweep brings along. */
  public Optional<String> sha256() {
    return networks.sha256();
  }
}
