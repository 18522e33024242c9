package org.lrsweep.training.state;

/** Bytes that a JVM kept are gone, as a rule because its executor is. */
public final class LostBytesException extends ExchangeException {
  private static final long serialVersionUID = 1;

  LostBytesException(KeptBytes.Slice slice, Throwable cause) {
    super(
        slice.id().name()
            + " can't be read from "
            + slice.holder()
            + (cause == null ? "" : ": " + cause),
        cause);
  }
}
