package org.lrsweep.checkpoint;

/** A checkpoint is not what its own format and checksum say. The message says in what. */
public final class DamagedCheckpointException extends RuntimeException {
  public DamagedCheckpointException(String message) {
    super(message);
  }
}
