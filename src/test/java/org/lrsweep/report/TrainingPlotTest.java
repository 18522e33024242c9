package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;

class TrainingPlotTest {
  @TempDir private Path output;

  /** The accuracy axis of a trial with these accuracies, and the last of them again and again. */
  private Panel.Axis axis(int epochs, double... accuracies) {
    ResultStore store = ResultStore.open(output.toString(), new Configuration());
    store.commitRun(new SampleRun("r1", 1, 1).run());
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double accuracy = accuracies[Math.min(epoch, accuracies.length) - 1];
      rows.add(new EpochRow("r1", "trial-01", epoch, 0.5, 0.8, 0.5, accuracy, 10));
    }
    store.write(Tables.EPOCHS, "r1", rows);
    return new TrainingPlot(RunData.load(store, "r1")).metricAxis();
  }

  @Test
  void ofAFewEpochsEveryAccuracyIsOnThePlot() {
    Panel.Axis axis = axis(4, 0.5, 0.895, 0.9, 0.898);

    assertThat(axis.min()).isLessThan(0.5);
    assertThat(axis.max()).isGreaterThan(0.9);
  }

  @Test
  void ofManyEpochsABadStartIsCutOff() {
    Panel.Axis axis = axis(40, 0.5, 0.89, 0.9, 0.898);

    assertThat(axis.min()).isBetween(0.85, 0.89);
  }
}
