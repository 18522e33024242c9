package org.lrsweep.report;

import org.apache.hadoop.conf.Configuration;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;

/** Draws reports of made-up runs, to be looked at: the argument is the output. */
final class Gallery {
  private Gallery() {}

  public static void main(String[] args) {
    ResultStore store = ResultStore.open(args[0], new Configuration());

    for (int trials : new int[] {1, 3, 16, 60}) {
      String runId = "gallery-" + trials;

      if (!store.exists(runId)) {
        new SampleRun(runId, 24, 200).write(store, trials);
      }

      Report.write(store, runId);
    }
  }
}
