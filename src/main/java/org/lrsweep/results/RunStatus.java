package org.lrsweep.results;

/** How far a run has come. */
public enum RunStatus {
  RUNNING,
  COMPLETED,
  FAILED
}
