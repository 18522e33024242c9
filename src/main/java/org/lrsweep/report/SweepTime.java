package org.lrsweep.report;

import java.time.Duration;
import java.util.Locale;
import org.lrsweep.terminal.Numbers;

/** How long a sweep took, next to what was expected. */
final class SweepTime {
  private SweepTime() {}

  static String sentence(long expectedMs, long tookMs) {
    String times =
        "the trials took "
            + Numbers.duration(Duration.ofMillis(tookMs))
            + "; "
            + Numbers.duration(Duration.ofMillis(expectedMs))
            + " were expected";
    if (expectedMs <= 0) {
      return times;
    }
    long percent = Math.round(100.0 * (tookMs - expectedMs) / expectedMs);
    return times + String.format(Locale.ROOT, " (%+d %%)", percent);
  }
}
