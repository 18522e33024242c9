package org.lrsweep.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.ImageShape;

/**
 * What a network's memory follows from, in numbers of floats.
 *
 * @param parameters weights and statistics
 * @param activations the outputs of all vertices for one example; those in bfloat16 count as part
 *     of one
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
            .mapToLong(type -> floats(type, network.precision()))
            .sum();
    return new NetworkSize(parameters, activations);
  }

  /**
   * In bfloat16 images have half the bytes between accelerated layers, but float next to others, so
   * that a network of few layers has some in both: two thirds to three quarters of the memory that
   * it takes in float were seen, of a deep one half.
   */
  private static long floats(InputType type, Precision precision) {
    long values = type.arrayElementsPerExample();
    boolean isImage = type.getType() == InputType.Type.CNN;
    return isImage && precision == Precision.BFLOAT16 ? (values * 3 + 3) / 4 : values;
  }
}
