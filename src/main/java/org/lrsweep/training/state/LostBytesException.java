package org.lrsweep.training.state;

import java.io.UncheckedIOException;

/** Bytes that a JVM kept are gone, as a rule because its executor is. */
public final class LostBytesException extends ExchangeException {
  private static final long serialVersionUID = 1;

  /** A file of this host that held them can't be read. */
  public LostBytesException(UncheckedIOException unreadable) {
    super(unreadable.getCause().toString(), unreadable);
  }

  LostBytesException(KeptBytes.Slice slice, Throwable cause) {
    super(slice.id().name() + " can't be read from " + slice.holder(), cause);
  }
}
