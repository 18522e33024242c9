package org.lrsweep.bench.acceleration;

/** What is done with a batch. */
public enum Phase {
  /** Forward, backward and update. */
  TRAIN("train"),
  /** Forward alone, with the running statistics of batch norms. */
  INFER("infer");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** The name that tables and JSON use. */
  public String label() {
    return label;
  }
}
