package org.lrsweep.experiment.plan;

import java.util.Optional;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.learning.config.IUpdater;

/** Networks that LRSweep brings along, which begin from random weights. */
record ZooNetworks(NetworkType type, IUpdater updater, double weightDecay) implements Networks {

  @Override
  public NetworkSpec network(long seed, long[] shape, int classes) {
    if (shape.length != 3) {
      throw new IllegalArgumentException(
          "%s reads images, and the examples are %s numbers; name a network of your own in model.network"
              .formatted(type.label(), shape[0]));
    }
    ImageShape images = new ImageShape((int) shape[0], (int) shape[1], (int) shape[2]);
    return NetworkSpec.of(type.configuration(images, classes, seed, updater.clone()))
        .withWeightDecay(weightDecay);
  }

  @Override
  public NetworkSpec unfitted() {
    throw new UnsupportedOperationException("A network that LRSweep brings along has no file");
  }

  @Override
  public TrainingState initial(NetworkSpec network) {
    return network.initialState();
  }

  @Override
  public long stateSize(NetworkSpec network) {
    long parameters = network.parameters();
    return parameters + updater.stateSize(parameters);
  }

  @Override
  public Optional<String> sha256() {
    return Optional.empty();
  }
}
