package org.lrsweep.training.state;

import java.nio.ByteBuffer;

/**
 * A state that this JVM's workers begin a stint from, brought here once by all who need it.
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
  ByteBuffer bring(Start start) throws LostBytesException {
    bringing.finish(() -> start.pieces(whole));
    return ByteBuffer.wrap(whole);
  }
}
