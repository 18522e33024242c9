package org.lrsweep.ingest.read;

/** What labels are. */
public enum LabelKind {
  /** The one class that an example belongs to. */
  CLASS,
  /** Those of several labels that hold for an example. */
  SEVERAL,
  /** One number, or several. */
  NUMBERS
}
