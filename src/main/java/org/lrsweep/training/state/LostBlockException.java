package org.lrsweep.training.state;

/** A block can't be had, as a rule because its executor is gone. */
public final class LostBlockException extends ExchangeException {
  private static final long serialVersionUID = 1;

  LostBlockException(BlockRef.Slice slice, Throwable cause) {
    super(
        slice.id().name()
            + " can't be read from "
            + slice.holder()
            + (cause == null ? "" : ": " + cause),
        cause);
  }
}
