package org.lrsweep.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.builder.EqualsBuilder;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.lrsweep.network.LayerUpdaters.LayerUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The ratios of the layers' learning rates to the rate that a schedule gives for the network.
 *
 * <p>Where all updaters have one rate, or one schedule, that is what the network's rate takes the
 * place of: every ratio is 1. Else the rates must be constant. Then the network's rate is that of
 * the layer nearest to the output (its weights', if its biases have another), and every layer keeps
 * its ratio to it: a layer of rate 0.001 in a network whose last one has 0.1 is trained at a
 * hundredth of what the schedule says.
 *
 * <p>Immutable and thread-safe.
 */
public final class RelativeRates {
  private static final RelativeRates EQUAL = new RelativeRates(Optional.empty());

  /** The rate to which the others are in proportion; empty if all are equal. */
  private final Optional<Double> base;

  private RelativeRates(Optional<Double> base) {
    this.base = base;
  }

  /**
   * The ratios in a graph.
   *
   * @throws IllegalArgumentException if an updater that trains parameters has no learning rate, or
   *     if rates differ and are not constant, or not {@code >= 0}, or the last layer's is 0
   */
  public static RelativeRates of(ComputationGraphConfiguration network) {
    List<LayerUpdater> updaters = LayerUpdaters.training(network);
    return updaters.isEmpty() ? EQUAL : of(updaters, nearestToOutput(network));
  }

  /** The ratios in a sequence of layers, under the same conditions. */
  static RelativeRates of(MultiLayerConfiguration network) {
    List<LayerUpdater> updaters = LayerUpdaters.training(network);
    if (updaters.isEmpty()) {
      return EQUAL;
    }
    String last = updaters.get(updaters.size() - 1).layer();
    return of(
        updaters,
        updaters.stream().filter(each -> each.layer().equals(last)).findFirst().orElseThrow());
  }

  private static LayerUpdater nearestToOutput(ComputationGraphConfiguration network) {
    Deque<String> next = new ArrayDeque<>(network.getNetworkOutputs());
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      String name = next.remove();
      List<LayerUpdater> own = LayerUpdaters.training(name, network.getVertices().get(name));
      if (!own.isEmpty()) {
        return own.get(0);
      }
      for (String input : network.getVertexInputs().getOrDefault(name, List.of())) {
        if (network.getVertices().containsKey(input) && seen.add(input)) {
          next.add(input);
        }
      }
    }
    throw new IllegalArgumentException("No layer before the network's output can be trained");
  }

  private static RelativeRates of(List<LayerUpdater> updaters, LayerUpdater main) {
    for (LayerUpdater each : updaters) {
      if (!each.updater().hasLearningRate()) {
        throw new IllegalArgumentException(
            "Layer \"%s\" has the updater %s, which has no learning rate that a schedule could set. Give it one that has, or freeze the layer"
                .formatted(each.layer(), each.updater().getClass().getSimpleName()));
      }
    }
    if (updaters.stream().allMatch(each -> haveOneRate(each.updater(), main.updater()))) {
      return EQUAL;
    }
    updaters.forEach(RelativeRates::requireConstant);
    double base = main.updater().getLearningRate(0, 0);
    if (base == 0) {
      throw new IllegalArgumentException(
          "Layers have learning rates of their own, which are kept in proportion to that of layer \"%s\", so that must be > 0, found 0.0"
              .formatted(main.layer()));
    }
    return new RelativeRates(Optional.of(base));
  }

  private static boolean haveOneRate(IUpdater one, IUpdater other) {
    Optional<ISchedule> schedule = schedule(one);
    if (schedule.isPresent() && schedule(other).isPresent()) {
      // Layers' copies of a RampSchedule, and of others of the kind, are not equal by themselves.
      return EqualsBuilder.reflectionEquals(schedule.get(), schedule(other).get())
          || Objects.equals(schedule, schedule(other));
    }
    return schedule.equals(schedule(other))
        && Double.compare(one.getLearningRate(0, 0), other.getLearningRate(0, 0)) == 0;
  }

  private static void requireConstant(LayerUpdater each) {
    schedule(each.updater())
        .ifPresent(
            schedule -> {
              throw new IllegalArgumentException(
                  "Layer \"%s\" has a schedule of its own, %s, for its learning rate. Layers may have different constant rates, whose ratios are kept, or one schedule"
                      .formatted(each.layer(), schedule.getClass().getSimpleName()));
            });
    double rate = each.updater().getLearningRate(0, 0);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The learning rate of layer \"%s\" must be >= 0 and finite, found %s"
              .formatted(each.layer(), rate));
    }
  }

  /** An updater's schedule of its learning rate: the interface has no method that gives it. */
  static Optional<ISchedule> schedule(IUpdater updater) {
    if (FieldUtils.getField(updater.getClass(), "learningRateSchedule", true) == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          (ISchedule) FieldUtils.readField(updater, "learningRateSchedule", true));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A field was made accessible and is not", e);
    }
  }

  /** The ratio of an updater of this network, which still has its own rate. */
  public double ratio(IUpdater updater) {
    return base.map(rate -> updater.getLearningRate(0, 0) / rate).orElse(1.0);
  }
}
