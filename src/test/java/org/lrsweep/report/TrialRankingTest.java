package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lrsweep.results.Metric;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;

class TrialRankingTest {
  @Test
  void ranksCompletedTrialsFirst() {
    List<TrialRow> ranked =
        TrialRanking.rank(
            List.of(
                trial("diverged", TrialStatus.DIVERGED, 0.99, null),
                trial("stopped", TrialStatus.STOPPED, 0.6, 0.1),
                trial("completed", TrialStatus.COMPLETED, 0.5, 0.1),
                trial("failed", TrialStatus.FAILED, null, null)));

    assertThat(ranked)
        .extracting(TrialRow::trialId)
        .containsExactly("completed", "stopped", "diverged", "failed");
  }

  @Test
  void ranksByBestAccuracyThenByFinalLossThenById() {
    List<TrialRow> ranked =
        TrialRanking.rank(
            List.of(
                trial("unmeasured", null, null),
                trial("worse", 0.8, 0.1),
                trial("same-b", 0.9, 0.5),
                trial("same-a", 0.9, 0.5),
                trial("lower-loss", 0.9, 0.4),
                trial("nan-loss", 0.9, Double.NaN),
                trial("best", 0.91, 0.9)));

    assertThat(ranked)
        .extracting(TrialRow::trialId)
        .containsExactly(
            "best", "lower-loss", "same-a", "same-b", "nan-loss", "worse", "unmeasured");
  }

  private static TrialRow trial(String id, Double accuracy, Double loss) {
    return trial(id, TrialStatus.COMPLETED, accuracy, loss);
  }

  private static TrialRow trial(String id, TrialStatus status, Double accuracy, Double loss) {
    return new TrialRow(
        "r1",
        id,
        "triangular",
        2,
        20,
        1e-5,
        1e-2,
        64,
        4,
        1,
        status,
        status == TrialStatus.COMPLETED || status == TrialStatus.DIVERGED ? null : "lost",
        accuracy == null ? null : 1,
        accuracy,
        accuracy,
        loss,
        null,
        null,
        null,
        Metric.ACCURACY.label(),
        accuracy,
        null,
        null);
  }
}
