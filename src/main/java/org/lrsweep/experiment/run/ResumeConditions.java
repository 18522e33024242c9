package org.lrsweep.experiment.run;

import java.util.Objects;
import java.util.Optional;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.results.RunRow;

/**
 * What must be as it was when a run goes on: other data or threads would give other bits from here
 * on; other versions may.
 *
 * @param option by which it does, for messages
 * @param before the run as it was broken off
 * @param now as it would go on
 */
record ResumeConditions(String option, RunRow before, RunRow now) {

  /**
   * Refuses what would give other bits.
   *
   * @return a notice of what may give others; empty if there is nothing to say
   * @throws RefusedException if data, network or threads are others
   */
  Optional<String> check() {
    refuseOtherData(now.datasetSha256());
    refuseOtherNetwork(now.networkSha256());
    refuseOther(before.threadsPerWorker(), now.threadsPerWorker(), "spark.task.cpus, thus threads");
    String then = versions(before);
    String today = versions(now);
    return then.equals(today)
        ? Optional.empty()
        : Optional.of(
            "the run was started by LRSweep "
                + then
                + " and goes on with "
                + today
                + ", which may change its last bits.");
  }

  void refuseOtherData(String sha256) {
    refuseOther(before.datasetSha256(), sha256, "data with this SHA-256");
  }

  /**
   * @param sha256 of the network's file; null if it has none
   */
  void refuseOtherNetwork(String sha256) {
    refuseOther(before.networkSha256(), sha256, "file of model.network, by its SHA-256");
  }

  private static String versions(RunRow run) {
    return run.appVersion() + " on Spark " + run.sparkVersion();
  }

  private void refuseOther(Object then, Object found, String what) {
    if (!Objects.equals(then, found)) {
      throw new RefusedException(
          option
              + " "
              + now.runId()
              + " needs the same "
              + what
              + " as before, "
              + then
              + ", found "
              + found);
    }
  }
}
