package org.lrsweep.cli.schedule;

import java.util.function.Function;
import org.lrsweep.experiment.request.RefusedException;

/** Refuses an option's value. The library checks its parameters too; here the option is named. */
final class OptionChecks {
  private OptionChecks() {}

  static void require(String option, Object found, boolean isMet, String must) {
    if (!isMet) {
      throw new RefusedException(option + " " + must + ", found " + found);
    }
  }

  static void requireAtLeast(String option, long found, long least) {
    require(option, found, found >= least, "must be >= " + least);
  }

  /** What the option's value is the name of. */
  static <T> T named(String option, String name, Function<String, T> meaning) {
    try {
      return meaning.apply(name);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(option + " " + e.getMessage(), e);
    }
  }
}
