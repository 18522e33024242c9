package org.lrsweep.experiment;

import java.util.Optional;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.learning.config.IUpdater;

/** Networks that LRSweep brings along, which begin from random weights. */
record ZooNetworks(NetworkType type, IUpdater updater, double weightDecay) implements Networks {

  @Override
  public NetworkSpec network(long seed, ImageShape images, int classes) {
    return NetworkSpec.of(type.configuration(images, classes, seed, updater.clone()))
        .withWeightDecay(weightDecay);
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
