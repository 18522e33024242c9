package org.lrsweep.ingest.read;

/** A row can't be an example; the message goes on after the row's name. */
final class UnusableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final BadRow kind;

  UnusableRowException(BadRow kind, String message) {
    super(message);
    this.kind = kind;
  }

  UnusableRowException(BadRow kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  BadRow kind() {
    return kind;
  }
}
