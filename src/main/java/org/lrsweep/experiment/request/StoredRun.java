package org.lrsweep.experiment.request;

import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;

/** Finds runs that a user names in an output. */
public final class StoredRun {
  private StoredRun() {}

  /**
   * The id of a run of the store.
   *
   * @param wanted its id; null or {@code last} for the latest one
   * @throws RefusedException if the store doesn't have it
   */
  public static String id(ResultStore store, String wanted) {
    if (wanted != null && !wanted.equals("last")) {
      if (!RefusedException.unlessValid(() -> store.exists(wanted))) {
        throw new RefusedException(
            "Run " + wanted + " is not in " + store + "; lrsweep runs lists those that are");
      }
      return wanted;
    }
    return store.runs().stream()
        .reduce((earlier, later) -> later)
        .map(RunRow::runId)
        .orElseThrow(() -> new RefusedException(store + " has no runs yet"));
  }
}
