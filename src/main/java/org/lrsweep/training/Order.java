package org.lrsweep.training;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the driver sends to the workers of a round, besides the round itself. Small: states are
 * named, not sent.
 *
 * @param assignment what is the same in all rounds of the run
 * @param round the number of the round within the run, repetitions counted
 * @param start the state that it begins from
 * @param step updates before it
 */
record Order(Broadcast<Assignment> assignment, int round, Start start, long step)
    implements Serializable {

  /** The id of the broadcast variable that everything kept for the run belongs to. */
  long owner() {
    return assignment.id();
  }
}
