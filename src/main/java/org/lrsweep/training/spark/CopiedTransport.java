package org.lrsweep.training.spark;

import org.lrsweep.network.TrainingState;

/** A transport of which the driver has a copy of some state, from which it can be gone on. */
interface CopiedTransport extends RoundTransport {

  /** The newest state that the driver has; the rounds since were trained from it. */
  TrainingState copy();
}
