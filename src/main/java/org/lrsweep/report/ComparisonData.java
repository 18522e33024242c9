package org.lrsweep.report;

import java.io.IOException;
import java.util.List;

/** What comparison.js reads: some runs with their trials' curves by epoch. */
final class ComparisonData {
  private ComparisonData() {}

  static String of(List<RunData> runs) {
    return Json.object(json -> json.objects("runs", runs, run -> object -> addTo(object, run)));
  }

  private static void addTo(Json json, RunData data) throws IOException {
    RunJson run = new RunJson(data);
    run.addTo(json);
    run.addTrials(json, (trial, row) -> {});
  }
}
