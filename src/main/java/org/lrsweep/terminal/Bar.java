package org.lrsweep.terminal;

/** A bar of characters. */
public final class Bar {
  private Bar() {}

  /** As many characters as {@code width}, of which the done share is filled. */
  public static String of(long done, long total, int width) {
    int filled = (int) Math.max(0, Math.min(width, width * done / Math.max(1, total)));
    return "#".repeat(filled) + ".".repeat(width - filled);
  }
}
