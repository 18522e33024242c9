package org.lrsweep.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** What comparison.js reads: some runs with their trials' curves by epoch. */
record ComparisonData(List<Run> runs) {

  static String of(List<RunData> runs) {
    return Json.of(new ComparisonData(runs.stream().map(Run::of).toList()));
  }

  /** A run and its trials by rank. */
  record Run(@JsonUnwrapped RunJson run, List<TrialJson> trials) {

    private static Run of(RunData data) {
      return new Run(
          RunJson.of(data),
          data.trials().stream().map(trial -> TrialJson.of(data, trial)).toList());
    }
  }
}
