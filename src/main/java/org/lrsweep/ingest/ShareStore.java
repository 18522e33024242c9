package org.lrsweep.ingest;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shares that are in this JVM, for all tasks that need them. One that is in nobody's hands goes
 * when memory gets short, and is made anew if it is asked for again.
 */
final class ShareStore {
  private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

  private ShareStore() {}

  /** Makes a share. */
  interface Maker {
    Share make() throws IOException;
  }

  private static final class Entry {
    private SoftReference<Share> share = new SoftReference<>(null);

    /** Several tasks may ask at once; the first makes it. */
    synchronized Share get(Maker maker) throws IOException {
      Share known = share.get();
      if (known == null) {
        known = maker.make();
        share = new SoftReference<>(known);
      }
      return known;
    }
  }

  /**
   * The share of a name.
   *
   * @param set the set's name, under which it can be forgotten
   * @param name of the share within the set
   */
  static Share get(String set, String name, Maker maker) throws IOException {
    return ENTRIES.computeIfAbsent(set + "/" + name, none -> new Entry()).get(maker);
  }

  /** Lets go of a set's shares. */
  static void forget(String set) {
    ENTRIES.keySet().removeIf(key -> key.startsWith(set + "/"));
  }
}
