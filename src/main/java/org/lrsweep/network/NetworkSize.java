package org.lrsweep.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.lrsweep.network.zoo.ImageShape;

/**
 * What a network's memory follows from, in numbers of floats.
 *
 * @param parameters weights and statistics
 * @param activations the outputs of all vertices for one example
 */
public record NetworkSize(long parameters, long activations) {

  /** The size of a network that reads images. */
  public static NetworkSize of(NetworkSpec network, ImageShape shape) {
    return of(network, InputType.convolutional(shape.height(), shape.width(), shape.channels()));
  }

  /** The size of a network with one input. */
  public static NetworkSize of(NetworkSpec network, InputType input) {
    ComputationGraphConfiguration configuration = network.configuration();
    long parameters =
        configuration.getVertices().values().stream()
            .mapToLong((GraphVertex vertex) -> vertex.numParams(true))
            .sum();
    long activations =
        configuration.getLayerActivationTypes(input).values().stream()
            .mapToLong(InputType::arrayElementsPerExample)
            .sum();
    return new NetworkSize(parameters, activations);
  }
}
