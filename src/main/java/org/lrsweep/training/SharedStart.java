package org.lrsweep.training;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.lrsweep.training.exchange.LostBytesException;

/**
 * A state that this JVM's workers begin a round from, brought here once. Who asks for it while it
 * is being brought takes a share of the work: a mean of megabytes takes half the time with two.
 *
 * <p>Thread-safe.
 */
final class SharedStart {
  private final byte[] whole;
  private final AtomicInteger nextPiece = new AtomicInteger();
  private List<Runnable> pieces;
  private CountDownLatch piecesLeft;

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
    prepare(start);
    for (int i = nextPiece.getAndIncrement(); i < pieces.size(); i = nextPiece.getAndIncrement()) {
      pieces.get(i).run();
      piecesLeft.countDown();
    }
    try {
      piecesLeft.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a state was brought", e);
    }
    return ByteBuffer.wrap(whole);
  }

  private synchronized void prepare(Start start) throws LostBytesException {
    if (pieces == null) {
      pieces = start.pieces(whole);
      piecesLeft = new CountDownLatch(pieces.size());
    }
  }
}
