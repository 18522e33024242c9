package org.lrsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;

/** Whether two outputs hold the same run, bit by bit, but for times and places. */
public final class RunComparison {
  private RunComparison() {}

  public static void assertSame(Path actualOutput, Path expectedOutput, String runId)
      throws Exception {
    ResultStore actual = ResultStore.open(actualOutput.toString(), new Configuration());
    ResultStore expected = ResultStore.open(expectedOutput.toString(), new Configuration());
    SameRows.assertSame(actual, expected, runId);
    assertThat(actual.read(Tables.EPOCHS, runId))
        .isNotEmpty()
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("durationMs")
        .isEqualTo(expected.read(Tables.EPOCHS, runId));
    List<TrialRow> trials = actual.read(Tables.TRIALS, runId);
    List<TrialRow> expectedTrials = expected.read(Tables.TRIALS, runId);
    assertThat(trials)
        .isNotEmpty()
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("modelPath", "bestModelPath")
        .isEqualTo(expectedTrials);
    for (int i = 0; i < trials.size(); i++) {
      assertSameModels(trials.get(i).modelPath(), expectedTrials.get(i).modelPath());
      assertSameModels(trials.get(i).bestModelPath(), expectedTrials.get(i).bestModelPath());
    }
  }

  private static void assertSameModels(String path, String expected) throws Exception {
    ComputationGraph network = model(path);
    ComputationGraph other = model(expected);
    assertThat(local(path).getFileName()).isEqualTo(local(expected).getFileName());
    assertThat(network.params().toFloatVector()).containsExactly(other.params().toFloatVector());
    assertThat(network.getUpdater().getStateViewArray().toFloatVector())
        .containsExactly(other.getUpdater().getStateViewArray().toFloatVector());
  }

  private static ComputationGraph model(String path) throws Exception {
    return ModelSerializer.restoreComputationGraph(local(path).toFile(), true);
  }

  /** A file that a table names as Hadoop does, with blanks as they are. */
  private static Path local(String path) {
    return Path.of(new org.apache.hadoop.fs.Path(path).toUri());
  }
}
