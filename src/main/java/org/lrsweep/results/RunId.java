package org.lrsweep.results;

import java.util.Locale;
import java.util.Set;

/** The rules for the id of a new run, which becomes a folder's name and a partition's value. */
public final class RunId {
  /**
   * What readers of Hive partitions take for a truth value, nothing, a number or a date, in any
   * case of letters; DuckDB does so with null, infinity and epoch, Spark with NaN and Infinity.
   */
  private static final Set<String> OTHER_TYPES =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "nan",
          "inf",
          "infinity",
          "now",
          "today",
          "tomorrow",
          "yesterday",
          "epoch");

  /** What commands call the latest run. */
  private static final String LATEST = "last";

  private RunId() {}

  /**
   * Checks the id of a run that is to be made; runs that are there may have others.
   *
   * @param id a letter, then letters a to z of both cases, digits, {@code -}, {@code _} and {@code
   *     .}, at most 63 together; not two dots in a row, nor one of these signs at the end
   * @return the id
   * @throws IllegalArgumentException if it is another, names the latest run, or is a word that
   *     readers take for another type
   */
  public static String requireNew(String id) {
    Check.id(Table.RUN_ID, id);
    String word = id.toLowerCase(Locale.ROOT);
    if (word.equals(LATEST)) {
      throw refused(id, "commands call the latest run by it");
    }
    if (OTHER_TYPES.contains(word)) {
      throw refused(id, "readers of the tables would take it for a value of another type");
    }
    if (!Character.isLetterOrDigit(id.charAt(id.length() - 1))) {
      throw refused(id, "an id must end with a letter or a digit");
    }
    return id;
  }

  private static IllegalArgumentException refused(String id, String reason) {
    return new IllegalArgumentException(
        Table.RUN_ID + " can't be \"" + id + "\", since " + reason + "; take another one");
  }
}
