package org.lrsweep.training;

import java.io.Serializable;
import org.lrsweep.training.exchange.KeptBytes;

/**
 * What one worker of a round sends back.
 *
 * @param state where its replica's state after the round's last step lies
 * @param steps what it trained
 */
record WorkerResult(KeptBytes state, WorkerSteps steps) implements Serializable {}
