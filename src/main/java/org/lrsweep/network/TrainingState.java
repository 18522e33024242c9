package org.lrsweep.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;

/**
 * All that a training run is between two rounds. With the seed and the schedule it determines every
 * later bit: there is no other state.
 *
 * @param parameters the network's flattened parameters, batch norm's running statistics included
 * @param updaterState the updater's flattened state, in the order that it has in rounds, where
 *     layers' rates are multiples of one; empty if it has none
 * @param step updates so far, {@code >= 0}: the position of every schedule and of Adam's bias
 *     correction
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes: shared, and never written to once built
@DefaultSerializer(JavaSerializer.class)
public record TrainingState(float[] parameters, float[] updaterState, long step)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if {@code step} is negative
   */
  public TrainingState {
    if (step < 0) {
      throw new IllegalArgumentException("step must be >= 0, found " + step);
    }
  }

  /** The state of a network as it stands, its iteration count taken for the step. */
  public static TrainingState of(ComputationGraph network) {
    return new TrainingState(
        FlatArrays.copy(network.params()),
        UpdaterLayout.read(network.getUpdater(), RelativeRates.of(network.getConfiguration())),
        network.getConfiguration().getIterationCount());
  }

  /** The state of a network of layers as it stands, its iteration count taken for the step. */
  public static TrainingState of(MultiLayerNetwork network) {
    return new TrainingState(
        FlatArrays.copy(network.params()),
        UpdaterLayout.read(updater(network), rates(network)),
        network.getLayerWiseConfigurations().getIterationCount());
  }

  /**
   * Makes a network of the same architecture what this state says.
   *
   * @throws IllegalArgumentException if the network's sizes differ
   */
  public void restore(ComputationGraph network) {
    FlatArrays.assign(network.params(), parameters, "parameters");
    UpdaterLayout.write(
        updaterState, network.getUpdater(), RelativeRates.of(network.getConfiguration()));
    network.getConfiguration().setIterationCount(Math.toIntExact(step));
  }

  /**
   * Makes a network of the same layers what this state says.
   *
   * @throws IllegalArgumentException if the network's sizes differ
   */
  public void restore(MultiLayerNetwork network) {
    FlatArrays.assign(network.params(), parameters, "parameters");
    UpdaterLayout.write(updaterState, updater(network), rates(network));
    network.getLayerWiseConfigurations().setIterationCount(Math.toIntExact(step));
  }

  /** These parameters where another updater begins with them: its state empty, at step 0. */
  public TrainingState withParametersOnly(NetworkSpec network) {
    TrainingState fresh = network.initialState();
    if (fresh.parameters().length != parameters.length) {
      throw new IllegalArgumentException(
          "This network has %s parameters, the state %s"
              .formatted(fresh.parameters().length, parameters.length));
    }
    return new TrainingState(parameters, fresh.updaterState(), 0);
  }

  private static BaseMultiLayerUpdater<?> updater(MultiLayerNetwork network) {
    return (BaseMultiLayerUpdater<?>) network.getUpdater();
  }

  private static RelativeRates rates(MultiLayerNetwork network) {
    return RelativeRates.of(network.getLayerWiseConfigurations());
  }
}
