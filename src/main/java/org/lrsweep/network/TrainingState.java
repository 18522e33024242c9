package org.lrsweep.network;

import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a training run is between two rounds. With the seed and the schedule it determines every
 * later bit: there is no other state.
 *
 * @param parameters the network's flattened parameters, batch norm's running statistics included
 * @param updaterState the updater's flattened state; empty if it has none
 * @param step updates so far, {@code >= 0}: the position of every schedule and of Adam's bias
 *     correction
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes: shared, and never written to once built
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
    return capture(network, network.getConfiguration().getIterationCount());
  }

  /** The state of a network of layers as it stands, its iteration count taken for the step. */
  public static TrainingState of(MultiLayerNetwork network) {
    return new TrainingState(
        FlatArrays.copy(network.params()),
        FlatArrays.copy(network.getUpdater().getStateViewArray()),
        network.getLayerWiseConfigurations().getIterationCount());
  }

  static TrainingState capture(ComputationGraph network, long step) {
    return new TrainingState(
        FlatArrays.copy(network.params()), FlatArrays.copy(updaterState(network)), step);
  }

  /**
   * Makes a network of the same architecture what this state says.
   *
   * @throws IllegalArgumentException if the network's sizes differ
   */
  public void restore(ComputationGraph network) {
    FlatArrays.assign(network.params(), parameters, "parameters");
    FlatArrays.assign(updaterState(network), updaterState, "updater state");
    network.getConfiguration().setIterationCount(Math.toIntExact(step));
  }

  /**
   * Makes a network of the same layers what this state says.
   *
   * @throws IllegalArgumentException if the network's sizes differ
   */
  public void restore(MultiLayerNetwork network) {
    FlatArrays.assign(network.params(), parameters, "parameters");
    FlatArrays.assign(network.getUpdater().getStateViewArray(), updaterState, "updater state");
    network.getLayerWiseConfigurations().setIterationCount(Math.toIntExact(step));
  }

  private static INDArray updaterState(ComputationGraph network) {
    return network.getUpdater().getStateViewArray();
  }
}
