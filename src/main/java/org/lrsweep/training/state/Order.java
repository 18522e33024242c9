package org.lrsweep.training.state;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.Round;

/**
 * What the driver sends to the workers of a stint. Small: states are named, not sent.
 *
 * @param assignment what is the same in all stints of the run
 * @param stint the number of the stint within the run, repetitions counted
 * @param start the state that it begins from
 * @param step updates before it
 * @param rounds what to train, one round after the other; at least one
 * @param meeting where the workers meet between two rounds; null if there is one round or worker
 */
public record Order(
    Broadcast<Assignment> assignment,
    int stint,
    Start start,
    long step,
    ArrayList<Round> rounds,
    Meeting meeting)
    implements Serializable {

  /** The id of the broadcast variable that everything kept for the run belongs to. */
  public long owner() {
    return assignment.id();
  }

  public Optional<Meeting> meetings() {
    return Optional.ofNullable(meeting);
  }
}
