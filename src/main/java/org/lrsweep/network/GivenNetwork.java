package org.lrsweep.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lrsweep.acceleration.onednn.Precision;

/**
 * A user's network as it stood when it was given: range tests and trials train copies that begin
 * from there, and leave the network itself alone.
 *
 * @param spec what it is
 * @param state its parameters, batch-norm statistics, updater state and step
 */
public record GivenNetwork(NetworkSpec spec, TrainingState state) {

  /**
   * @throws IllegalArgumentException if the network has no {@link Objective}, so that the metrics
   *     of tests and trials would mean nothing
   */
  public GivenNetwork {
    Objective.require(spec.configuration());
  }

  /**
   * A graph with one input and one output.
   *
   * @param network initialised, of data type FLOAT
   * @throws IllegalArgumentException if it has several inputs or outputs, or another data type; if
   *     it has no {@link Objective}; or if its layers can't follow a learning rate, as {@link
   *     RelativeRates} says
   */
  public static GivenNetwork of(ComputationGraph network) {
    return new GivenNetwork(NetworkSpec.of(network.getConfiguration()), TrainingState.of(network));
  }

  /**
   * A network of layers. Its copies are graphs of the same layers, whose parameters lie in the same
   * order.
   *
   * @param network initialised, of data type FLOAT
   * @throws IllegalArgumentException as for a graph
   */
  public static GivenNetwork of(MultiLayerNetwork network) {
    return new GivenNetwork(
        NetworkSpec.of(LayersAsGraph.of(network).getConfiguration()), TrainingState.of(network));
  }

  /**
   * The same network, which range tests and trials train and evaluate in a precision; without this
   * it is float. Its state stays float.
   *
   * @param precision every worker's CPU must have {@linkplain Precision#isSupported kernels} of it,
   *     or its tasks fail
   */
  public GivenNetwork withPrecision(Precision precision) {
    return new GivenNetwork(spec.withPrecision(precision), state);
  }
}
