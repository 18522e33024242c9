package org.lrsweep.cli.progress;

/** A bar of characters. */
final class Bar {
  private Bar() {}

  /** As many characters as {@code width}, of which the done share is filled. */
  static String of(long done, long total, int width) {
    int filled = (int) Math.max(0, Math.min(width, width * done / Math.max(1, total)));
    return "#".repeat(filled) + ".".repeat(width - filled);
  }
}
