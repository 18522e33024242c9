package org.lrsweep.report;

import java.util.List;

/** The command lines that a summary advises, each to be pasted into a shell as it stands. */
public interface NextSteps {
  /** Trains with the range that the configuration names. */
  String sweep();

  /** Trains with the range that a run chose. */
  String sweep(String fromRun);

  /** Compares runs on one page. */
  String compare(List<String> runIds);
}
