package org.lrsweep.ingest;

/** What examples are for. */
public enum Part {
  /** To train on. */
  TRAIN,
  /** To choose trials by, and their best epochs. */
  VALIDATION,
  /** To judge what was chosen. */
  TEST
}
