package org.lrsweep.network;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * A network's configuration as executors receive it: JSON, which unlike DL4J's own Java
 * serialisation and {@code clone()} loses nothing, and which makes each replica's objects its own.
 *
 * @param json the configuration of a computation graph with one input and one output
 * @param precision of what its accelerated layers hand each other, in training and in evaluation
 */
public record NetworkSpec(String json, Precision precision) implements Serializable {

  public NetworkSpec {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(precision, "precision");
  }

  /** A network in single precision. */
  public NetworkSpec(String json) {
    this(json, Precision.FLOAT);
  }

  /**
   * The spec of a configured graph. Learning-rate schedules are left out of it, since rounds bring
   * the rate of each step; those that JSON can't hold are no hindrance. The ratios of layers' rates
   * are kept, as {@link RelativeRates} says.
   *
   * @throws IllegalArgumentException if the graph has not exactly one input and one output, is
   *     trained by more than one step of gradient descent for a batch, has layers whose rates can't
   *     follow a round's, or can't be written as JSON
   */
  public static NetworkSpec of(ComputationGraphConfiguration configuration) {
    List<String> inputs = configuration.getNetworkInputs();
    List<String> outputs = configuration.getNetworkOutputs();
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new IllegalArgumentException(
          "A network needs one input and one output, since trials are ranked by one metric; found the inputs %s and the outputs %s"
              .formatted(inputs, outputs));
    }
    if (configuration.getBackpropType() != BackpropType.Standard) {
      throw new IllegalArgumentException(
          "A batch must be one step, which truncated backpropagation through time makes several of."
              + " Set the backpropType of the network to Standard, found "
              + configuration.getBackpropType());
    }
    OptimizationAlgorithm algorithm = configuration.getDefaultConfiguration().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new IllegalArgumentException(
          "The optimizationAlgo of a network must be STOCHASTIC_GRADIENT_DESCENT, found "
              + algorithm);
    }
    RelativeRates.of(configuration);
    try {
      return new NetworkSpec(withoutSchedules(configuration));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The network's configuration can't be written as JSON and read again, as Deeplearning4j"
              + " itself does to save it: "
              + ExceptionUtils.getRootCauseMessage(e).lines().findFirst().orElse(""),
          e);
    }
  }

  private static String withoutSchedules(ComputationGraphConfiguration configuration)
      throws JsonProcessingException {
    List<LayerUpdater> updaters = LayerUpdaters.all(configuration);
    if (updaters.stream().noneMatch(each -> hasSchedule(each.updater()))) {
      String json = configuration.toJson();
      ComputationGraphConfiguration.fromJson(json);
      return json;
    }
    boolean isScheduled =
        LayerUpdaters.training(configuration).stream()
            .anyMatch(each -> hasSchedule(each.updater()));
    ComputationGraphConfiguration own =
        ComputationGraphConfiguration.fromJson(
            NeuralNetConfiguration.mapper()
                .copy()
                .addMixIn(IUpdater.class, WithoutSchedule.class)
                .writeValueAsString(configuration));
    if (isScheduled) {
      // All have the one schedule, whatever rates were left beside it.
      LayerUpdaters.training(own).forEach(each -> each.updater().setLrAndSchedule(1, null));
    }
    return own.toJson();
  }

  private static boolean hasSchedule(IUpdater updater) {
    return RelativeRates.schedule(updater).isPresent();
  }

  @JsonIgnoreProperties("learningRateSchedule")
  private interface WithoutSchedule {}

  /**
   * A new network with random parameters from the configuration's seed. The caller's random numbers
   * stay as they are.
   */
  public ComputationGraph build() {
    return built(configuration());
  }

  static ComputationGraph built(ComputationGraphConfiguration configuration) {
    return KeptRandom.during(
        () -> {
          ComputationGraph network = new ComputationGraph(configuration);
          network.init();
          return network;
        });
  }

  /**
   * The state of such a network, at step 0 even if the configuration is that of a trained one. The
   * network is freed at once: the driver makes one for each trial.
   */
  public TrainingState initialState() {
    ComputationGraph network = build();
    try {
      TrainingState random = TrainingState.of(network);
      return new TrainingState(random.parameters(), random.updaterState(), 0);
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
    return withSeed(0);
  }

  /** The same network with another seed of its random parameters. */
  public NetworkSpec withSeed(long seed) {
    ComputationGraphConfiguration configuration = configuration();
    configuration.getDefaultConfiguration().setSeed(seed);
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        layer.getLayerConf().setSeed(seed);
      }
    }
    return with(configuration);
  }

  /**
   * The same network under one updater for all parameters that are trained; frozen layers stay
   * frozen.
   *
   * @param updater each layer gets a copy of it
   */
  public NetworkSpec withUpdater(IUpdater updater) {
    ComputationGraphConfiguration configuration = configuration();
    LayerUpdaters.training(configuration).forEach(each -> each.place().accept(updater.clone()));
    return of(configuration).withPrecision(precision);
  }

  /**
   * The same network with decoupled weight decay: each step takes {@code learning rate * decay} of
   * every trained weight off it, beside what the updater does.
   *
   * @param decay {@code >= 0}
   */
  public NetworkSpec withWeightDecay(double decay) {
    if (decay == 0) {
      return this;
    }
    ComputationGraphConfiguration configuration = configuration();
    WeightDecays.add(configuration, decay);
    return with(configuration);
  }

  /** The same network whose accelerated layers hand each other another precision. */
  public NetworkSpec withPrecision(Precision other) {
    return new NetworkSpec(json, other);
  }

  /** Another configuration of this network. */
  NetworkSpec with(ComputationGraphConfiguration configuration) {
    return new NetworkSpec(configuration.toJson(), precision);
  }

  /** The configuration, in objects of its own. */
  public ComputationGraphConfiguration configuration() {
    return ComputationGraphConfiguration.fromJson(json);
  }
}
