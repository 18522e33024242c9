package org.lrsweep.training;

import java.io.Serializable;

/**
 * How far a worker has got in a round that still runs, as its executor's last heartbeat told.
 *
 * @param step the update that it trained last, 0-based from the run's first
 * @param learningRate the rate of that update
 * @param meanLoss mean loss of the round's updates so far, on this worker's examples
 */
public record RunningStep(long step, double learningRate, double meanLoss)
    implements Serializable {}
