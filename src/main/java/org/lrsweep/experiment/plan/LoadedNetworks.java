package org.lrsweep.experiment.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.lrsweep.config.ModelConfig;
import org.lrsweep.config.ModelConfig.Weights;
import org.lrsweep.network.InputFit;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.Objective;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.load.LoadedNetwork;

/**
 * A network from a file or a class, and the weights that it begins from.
 *
 * <p>Thread-safe.
 */
final class LoadedNetworks implements Networks {
  private final NetworkSpec spec;
  private final Optional<TrainingState> kept;
  private final List<String> notices;
  private final String digest;

  /** The network as it reads examples of a kind, which takes building it and a pass through it. */
  private final Map<Examples, NetworkSpec> fitted = new ConcurrentHashMap<>();

  private record Examples(List<Long> shape, int classes) {}

  /**
   * @param spec with the updaters that train it
   * @param kept what every run begins from; empty if each begins from random weights of its seed
   * @param notices on what was not taken from the file
   * @param digest SHA-256 of the file, in hex
   */
  private LoadedNetworks(
      NetworkSpec spec, Optional<TrainingState> kept, List<String> notices, String digest) {
    this.spec = spec;
    this.kept = kept;
    this.notices = notices;
    this.digest = digest;
  }

  /**
   * The networks of a loaded one. The updater state of a file is kept with the file's own updaters;
   * under another updater training begins at step 0.
   */
  static LoadedNetworks of(LoadedNetwork loaded, ModelConfig model, Training training) {
    Objective.require(loaded.spec().configuration());
    if (training.updater().isEmpty() && loaded.withoutOptimizer().isPresent()) {
      throw new IllegalArgumentException(
          loaded.withoutOptimizer().get() + "; name one in optimizer.type, instead of model");
    }
    NetworkSpec spec = training.apply(loaded.spec());
    Optional<TrainingState> kept = loaded.state().filter(state -> model.weights() == Weights.KEEP);
    if (training.updater().isPresent()) {
      kept = kept.map(state -> state.withParametersOnly(spec));
    }
    return new LoadedNetworks(spec, kept, loaded.notices(), loaded.sha256());
  }

  @Override
  public NetworkSpec network(long seed, long[] shape, int classes) {
    Examples examples = new Examples(Arrays.stream(shape).boxed().toList(), classes);
    return fitted.computeIfAbsent(examples, key -> fitted(shape, classes)).withSeed(seed);
  }

  private NetworkSpec fitted(long[] shape, int classes) {
    NetworkSpec network = InputFit.fitted(spec, shape);
    requireClasses(network, shape, classes);
    return network;
  }

  @Override
  public NetworkSpec unfitted() {
    return spec;
  }

  private static void requireClasses(NetworkSpec network, long[] shape, int classes) {
    Objective objective = Objective.require(network.configuration());
    if (objective.isOfEveryStep()) {
      throw new IllegalArgumentException(
          "layer \"%s\" answers every step of a sequence, and data of a job have one label for an example; give a network that makes one answer of a sequence, as LastTimeStep around an LSTM, or train it by the library on a JavaRDD<DataSet>"
              .formatted(objective.layer()));
    }
    long[] outputs = InputFit.outputShape(network, shape);
    if (outputs.length != 1 || objective.names((int) outputs[0]) != classes) {
      throw new IllegalArgumentException(
          "layer \"%s\" has outputs of shape %s, the data have %s %s; give a network with as many outputs"
              .formatted(
                  network.configuration().getNetworkOutputs().get(0),
                  Arrays.toString(outputs),
                  classes,
                  switch (objective.task()) {
                    case CLASSIFICATION -> "classes";
                    case MULTI_LABEL -> "labels";
                    case REGRESSION -> classes == 1 ? "number to predict" : "numbers to predict";
                  }));
    }
  }

  @Override
  public TrainingState initial(NetworkSpec network) {
    return kept.orElseGet(network::initialState);
  }

  @Override
  public long stateSize(NetworkSpec network) {
    TrainingState state = initial(network);
    return (long) state.parameters().length + state.updaterState().length;
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public Optional<String> sha256() {
    return Optional.of(digest);
  }
}
