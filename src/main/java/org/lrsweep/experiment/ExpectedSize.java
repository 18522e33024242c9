package org.lrsweep.experiment;

import java.util.List;
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
    for (long[] shape : shapes) {
      try {
        return NetworkSize.of(InputFit.fitted(network, shape), input(shape));
      } catch (RuntimeException e) {
        continue; // Deeplearning4j throws many kinds of them for layers that can't read a shape.
      }
    }
    return new NetworkSize(network.parameters(), 0);
  }

  private static InputType input(long[] shape) {
    return shape.length == 1
        ? InputType.feedForward(shape[0])
        : InputType.convolutional(shape[1], shape[2], shape[0]);
  }
}
