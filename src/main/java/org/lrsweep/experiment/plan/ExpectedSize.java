package org.lrsweep.experiment.plan;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.lrsweep.config.DataConfig;
import org.lrsweep.network.InputFit;
import org.lrsweep.network.NetworkSize;
import org.lrsweep.network.NetworkSpec;

/** The size of a network of the user's own, before its data is read. */
final class ExpectedSize {
  private ExpectedSize() {}

  /**
   * The size on examples of {@code data.shape}; without one, on colour or grey images of {@code
   * data.image-size}, whichever the network reads. The activations are 0 if it reads none of them:
   * then the data's own shape will tell whether it can be trained.
   */
  static NetworkSize of(NetworkSpec network, DataConfig data) {
    List<Integer> given = data.source().shape();
    int size = data.imageSize();
    List<long[]> shapes =
        given.isEmpty()
            ? List.of(new long[] {3, size, size}, new long[] {1, size, size})
            : List.of(given.stream().mapToLong(Integer::longValue).toArray());
    return shapes.stream()
        .flatMap(shape -> size(network, shape).stream())
        .findFirst()
        .orElseGet(() -> new NetworkSize(network.parameters(), 0));
  }

  /** Empty if the network can't read the shape, for which Deeplearning4j throws of many kinds. */
  private static Optional<NetworkSize> size(NetworkSpec network, long[] shape) {
    try {
      return Optional.of(NetworkSize.of(InputFit.fitted(network, shape), input(shape)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static InputType input(long[] shape) {
    return shape.length == 1
        ? InputType.feedForward(shape[0])
        : InputType.convolutional(shape[1], shape[2], shape[0]);
  }
}
