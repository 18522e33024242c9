package org.lrsweep.results;

import java.util.regex.Pattern;

/** The checks of the row types; each names the column, what it must be, and what was found. */
final class Check {
  private static final Pattern ID = Pattern.compile("(?!.*\\.\\.)[A-Za-z][A-Za-z0-9._-]{0,62}");

  private Check() {}

  /**
   * Ids become folder names and partition values: with a letter first, no reader takes one for a
   * number or a date.
   */
  static void id(String column, String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          column
              + " must start with a letter a-z or A-Z and hold only such letters, 0-9, '-', '_' and"
              + " single '.', at most 63 characters, found "
              + quoted(id));
    }
  }

  static boolean isId(String id) {
    return id != null && ID.matcher(id).matches();
  }

  static void ids(String runId, String trialId) {
    id("run_id", runId);
    id("trial_id", trialId);
  }

  static void present(String column, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(column + " must not be null");
    }
  }

  static void atLeast(String column, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(column + " must be >= " + least + ", found " + value);
    }
  }

  static void positive(String column, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(column + " must be > 0 and finite, found " + value);
    }
  }

  static void fraction(String column, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(column + " must be >= 0 and <= 1, found " + value);
    }
  }

  static void range(String lowColumn, double low, String highColumn, double high) {
    positive(lowColumn, low);
    positive(highColumn, high);
    if (high < low) {
      throw new IllegalArgumentException(
          highColumn + " must be >= " + lowColumn + " (" + low + "), found " + high);
    }
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }
}
