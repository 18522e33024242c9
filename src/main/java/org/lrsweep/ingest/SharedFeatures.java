package org.lrsweep.ingest;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/** Counts features that examples of several parts have, of examples that come in their order. */
final class SharedFeatures implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient ExampleKey last;
  private final Set<Part> parts = EnumSet.noneOf(Part.class);
  private long count;

  void add(ExampleKey key, Part part) {
    if (!key.hasFeaturesOf(last)) {
      last = key;
      parts.clear();
    }
    if (parts.add(part) && parts.size() == 2) {
      count++;
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }
}
