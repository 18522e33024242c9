package org.lrsweep.cluster;

/** A run doesn't fit into the memory that Spark gives it; the message has the numbers. */
public final class InsufficientMemoryException extends RuntimeException {
  InsufficientMemoryException(String message) {
    super(message);
  }
}
