package org.lrsweep.training.state;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.Round;

/**
 * The message of the driver to the workers of a job. Small: states are named, not sent.
 *
 * @param run the run's constants
 * @param job the number of the job within the run, repetitions counted
 * @param start the state that it begins from
 * @param step updates before it
 * @param rounds what to train, one round after the other; at least one
 * @param passes the barrier between two rounds; null if there is one round or worker
 */
public record TaskSpec(
    Broadcast<RunSpec> run,
    int job,
    StateRef start,
    long step,
    ArrayList<Round> rounds,
    Barrier passes)
    implements Serializable {

  /** The id of the broadcast variable that everything stored for the run belongs to. */
  public long owner() {
    return run.id();
  }

  /** The barrier between two rounds; empty if there is one round or worker. */
  public Optional<Barrier> barrier() {
    return Optional.ofNullable(passes);
  }
}
