package org.lrsweep.ingest;

import java.io.Serializable;

/**
 * How often a label comes.
 *
 * @param examples with this label
 * @param groups of examples with the same features, whose first one has this label
 */
record LabelCount(long examples, long groups) implements Serializable {
  static final LabelCount NONE = new LabelCount(0, 0);

  LabelCount plus(LabelCount other) {
    return new LabelCount(examples + other.examples, groups + other.groups);
  }
}
