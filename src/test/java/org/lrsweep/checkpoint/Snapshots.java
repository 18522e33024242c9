package org.lrsweep.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Snapshots as other versions might have written them. */
public final class Snapshots {
  private Snapshots() {}

  /** A snapshot without the values whose names begin so. */
  public static Snapshot without(Snapshot snapshot, String prefix) {
    Map<String, byte[]> sections = new LinkedHashMap<>(snapshot.sections());
    sections.keySet().removeIf(name -> name.startsWith(prefix));
    return new Snapshot(sections);
  }
}
