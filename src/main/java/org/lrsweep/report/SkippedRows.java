package org.lrsweep.report;

import org.lrsweep.results.RunRow;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.TextTable;

/** Says which rows of a user's data a run left out. */
final class SkippedRows {
  private SkippedRows() {}

  /** The sentence of a run that has left some out. */
  static String sentence(RunRow run) {
    long rows = run.skippedRows();
    return Numbers.count(rows)
        + (rows == 1 ? " row that" : " rows that")
        + " could not be used ("
        + TextTable.oneLine(run.skippedReasons())
        + ")";
  }
}
