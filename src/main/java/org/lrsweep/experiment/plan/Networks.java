package org.lrsweep.experiment.plan;

import java.util.List;
import java.util.Optional;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;

/** The networks that an experiment trains: for each seed one, and what it begins from. */
interface Networks {

  /**
   * The network of a seed.
   *
   * @param shape of one example's features: [channels, height, width] or [length]
   * @param classes of the data
   * @throws IllegalArgumentException if it can't read such examples, or tell so many classes
   */
  NetworkSpec network(long seed, long[] shape, int classes);

  /** The network as its file has it, whatever the data are. */
  NetworkSpec unfitted();

  /** What a run of this network begins from. */
  TrainingState initial(NetworkSpec network);

  /** Numbers of parameters and of what the updater keeps. */
  long stateSize(NetworkSpec network);

  /** SHA-256 of the file or class that it comes from; empty for one that LRSweep brings along. */
  Optional<String> sha256();

  /** Sentences for the user on what was not taken from a file. */
  default List<String> notices() {
    return List.of();
  }
}
