package org.lrsweep.training.state;

import java.nio.ByteBuffer;

/**
 * The state that a job begins from, brought to this JVM once by all workers that need it.
 *
 * <p>Thread-safe.
 */
final class SharedStart {
  private final byte[] whole;
  private final SharedWork bringing = new SharedWork();

  /**
   * @param whole takes the state
   */
  SharedStart(byte[] whole) {
    this.whole = whole;
  }

  /** The array that holds the state, once {@link #bring} has returned. */
  byte[] bytes() {
    return whole;
  }

  /** Returns when the state is here. */
  ByteBuffer bring(StateRef start) throws LostBlockException {
    bringing.finish(() -> start.pieces(whole));
    return ByteBuffer.wrap(whole);
  }
}
