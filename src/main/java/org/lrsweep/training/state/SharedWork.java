package org.lrsweep.training.state;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that several threads need done, done by all of them together: who asks for it while it is
 * under way takes a share. Moving megabytes takes half the time with two.
 *
 * <p>Thread-safe.
 */
final class SharedWork {
  private final AtomicInteger nextPiece = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private List<Runnable> pieces;
  private CountDownLatch piecesLeft;

  /** What there is to do. */
  interface Plan {
    /** The work in pieces that may run at the same time. */
    List<Runnable> pieces() throws LostBlockException;
  }

  /**
   * Returns when all is done. That an interrupt does not end the wait is on purpose: a thread that
   * went away could use again what the others are still writing to.
   *
   * @param plan what there is to do; the first thread's counts
   * @throws LostBlockException to a thread that could not plan
   * @throws RuntimeException to all threads if a piece failed
   */
  @SuppressWarnings("CatchThrowable") // all who share the work have to hear of it
  void finish(Plan plan) throws LostBlockException {
    prepare(plan);
    for (int i = nextPiece.getAndIncrement(); i < pieces.size(); i = nextPiece.getAndIncrement()) {
      try {
        pieces.get(i).run();
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      } finally {
        piecesLeft.countDown();
      }
    }
    awaitPieces();
    throwFailure();
  }

  private synchronized void prepare(Plan plan) throws LostBlockException {
    if (pieces == null) {
      List<Runnable> planned = plan.pieces();
      piecesLeft = new CountDownLatch(planned.size());
      pieces = planned;
    }
  }

  private void throwFailure() {
    if (failure.get() instanceof Error error) {
      throw error;
    } else if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    } else if (failure.get() != null) {
      // Scala's code throws checked exceptions undeclared.
      throw new IllegalStateException(failure.get());
    }
  }

  private void awaitPieces() {
    boolean interrupted = false;
    while (piecesLeft.getCount() > 0) {
      try {
        piecesLeft.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
