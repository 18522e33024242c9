package org.lrsweep.network.load;

import java.util.List;
import java.util.Optional;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;

/**
 * A network from a file or a class.
 *
 * @param spec what it is, with the updaters of its own configuration
 * @param state the weights that it comes with, and what its updaters kept; empty if it comes with a
 *     configuration alone
 * @param withoutOptimizer why it has no optimizer of its own; empty if it has one
 * @param notices sentences for the user on what was not taken from the file
 * @param sha256 of the file's bytes, or of the configuration that a class gave, in hex
 */
public record LoadedNetwork(
    NetworkSpec spec,
    Optional<TrainingState> state,
    Optional<String> withoutOptimizer,
    List<String> notices,
    String sha256) {

  public LoadedNetwork {
    notices = List.copyOf(notices);
  }

  /** One that has an optimizer of its own. */
  LoadedNetwork(NetworkSpec spec, Optional<TrainingState> state, String sha256) {
    this(spec, state, Optional.empty(), List.of(), sha256);
  }
}
