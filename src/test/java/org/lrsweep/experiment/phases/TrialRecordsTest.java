package org.lrsweep.experiment.phases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Table;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.results.WeightsRow;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.EvaluatedWeights;
import org.lrsweep.sweep.SweepRows;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialEpoch;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.TrialStep;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.evaluation.Evaluation;

class TrialRecordsTest {
  private static final NetworkSpec NETWORK =
      NetworkSpec.of(TestNetworks.batchNormAndDropout(new Momentum(1, 0.9)));
  private static final List<Table<?>> TRIAL_TABLES =
      List.of(
          Tables.TRAIN_STEPS, Tables.EPOCHS, Tables.CLASS_METRICS, Tables.CONFUSION, Tables.TRIALS);

  @TempDir private Path output;
  private ResultStore store;
  private final List<Trial> trials =
      new TrialGrid(
              List.of(TrialPolicy.TRIANGULAR),
              List.of(0.5, 1.0),
              List.of(TrialRange.given(new LrRange(0.1, 0.2))),
              List.of(1L),
              1,
              10,
              2)
          .trials(20);
  private final List<Trial> recorded = new ArrayList<>();

  @BeforeEach
  void open() {
    store = ResultStore.open(output.toString(), new Configuration());
  }

  private TrialRecords records(RunStatus before) {
    return new TrialRecords(
        store,
        "r1",
        Optional.ofNullable(before),
        seed -> NETWORK,
        List.of("a", "b"),
        Optional.empty(),
        recorded::add);
  }

  /** Two epochs of two steps; the first or the last is the best. */
  private TrialOutcome outcome(int trial, TrialStatus status, boolean lastIsBest) {
    TrainingState best = NETWORK.initialState();
    TrainingState last = new TrainingState(zeros(best.parameters()), best.updaterState(), 4);
    return new TrialOutcome(
        trials.get(trial),
        status,
        status == TrialStatus.FAILED ? Optional.of("lost") : Optional.empty(),
        IntStream.range(0, 4).mapToObj(i -> new TrialStep(i, i / 2 + 1, 0.1, 1.0 / i)).toList(),
        List.of(
            new TrialEpoch(1, 1, 0.5, 1.0, 0.75, 10),
            new TrialEpoch(2, 1, 0.5, 1.0, lastIsBest ? 1.0 : 0.5, 10)),
        Optional.of(last),
        Optional.of(new Evaluation(new long[][] {{1, 1}, {0, 2}}, 4)),
        Optional.of(lastIsBest ? last : best));
  }

  /** The mean does better than both epochs; the ensemble better still, but is no one network. */
  @Test
  void averagedAndEnsembledWeightsAreStoredAndCompared() {
    records(null).trialEnded(withWeights(outcome(0), new long[][] {{9, 1}, {1, 9}}));

    Path models = output.resolve("models/r1/trial-01");
    assertThat(store.read(Tables.WEIGHTS, "r1"))
        .extracting(
            WeightsRow::weights,
            WeightsRow::members,
            WeightsRow::valLoss,
            WeightsRow::valAccuracy,
            WeightsRow::chosen,
            row -> Path.of(URI.create(row.modelPath())))
        .containsExactlyInAnyOrder(
            tuple("last", 1L, 1.0, 0.5, false, models.resolve("last.zip")),
            tuple("best", 1L, 1.0, 0.75, false, models.resolve("best.zip")),
            tuple("swa", 2L, 0.2, 0.9, true, models.resolve("model.zip")),
            tuple("ensemble", 2L, 0.1, 1.0, false, models.resolve("ensemble")));
    assertThat(models.resolve("model.zip")).isNotEmptyFile();
    assertThat(store.read(Tables.TRIALS, "r1").get(0).modelPath()).endsWith("/last.zip");
    assertThat(models.resolve("ensemble/after-2-steps.zip")).isNotEmptyFile();
    assertThat(models.resolve("ensemble/after-4-steps.zip")).isNotEmptyFile();
  }

  /** The best epoch's 0.75 is more than the last one's 0.5 and the mean's 0.7. */
  @Test
  void theBestEpochIsTheModelWhereItDoesBetterThanTheMean() {
    records(null).trialEnded(withWeights(outcome(0), new long[][] {{7, 3}, {3, 7}}));

    assertThat(store.read(Tables.WEIGHTS, "r1"))
        .extracting(
            WeightsRow::weights, WeightsRow::chosen, r -> r.modelPath().replaceAll(".*/", ""))
        .containsExactlyInAnyOrder(
            tuple("last", false, "last.zip"),
            tuple("best", true, "model.zip"),
            tuple("swa", false, "swa.zip"),
            tuple("ensemble", false, "ensemble"));
    assertThat(store.read(Tables.TRIALS, "r1").get(0).bestModelPath()).endsWith("/model.zip");
  }

  private static TrialOutcome withWeights(TrialOutcome epochs, long[][] ofMean) {
    TrainingState state = epochs.state().orElseThrow();
    TrainingState earlier = new TrainingState(state.parameters(), state.updaterState(), 2);
    return new TrialOutcome(
        epochs.trial(),
        epochs.status(),
        epochs.error(),
        epochs.steps(),
        epochs.epochs(),
        epochs.state(),
        epochs.predictions(),
        epochs.bestState(),
        List.of(
            new EvaluatedWeights("swa", 2, List.of(state), new Evaluation(ofMean, 4)),
            new EvaluatedWeights(
                "ensemble",
                2,
                List.of(earlier, state),
                new Evaluation(new long[][] {{10, 0}, {0, 10}}, 2))),
        Optional.empty());
  }

  private static float[] zeros(float[] like) {
    return new float[like.length];
  }

  private TrialOutcome outcome(int trial) {
    return outcome(trial, TrialStatus.COMPLETED, false);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(output)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void eachTrialHasFilesOfItsOwnThatAreWrittenOnce() throws IOException {
    TrialRecords records = records(null);
    records.trialEnded(outcome(0));
    List<Path> first = files();
    List<Object> inodes = inodes(first);
    records.trialEnded(outcome(1));

    assertThat(first)
        .hasSize(7)
        .contains(
            output.resolve("trials/run_id=r1/part-trial-01.parquet"),
            output.resolve("train_steps/run_id=r1/part-trial-01.parquet"));
    assertThat(inodes(first)).isEqualTo(inodes);
    assertThat(files()).hasSize(14);
    assertThat(store.read(Tables.TRAIN_STEPS, "r1"))
        .extracting(TrainStepRow::trialId)
        .containsExactly(
            Stream.of("trial-01", "trial-02")
                .flatMap(id -> Stream.of(id, id, id, id))
                .toArray(String[]::new));
    assertThat(records.finished()).containsExactlyInAnyOrder("trial-01", "trial-02");
    assertThat(recorded).containsExactlyElementsOf(trials);
  }

  private static List<Object> inodes(List<Path> files) throws IOException {
    List<Object> found = new ArrayList<>();
    for (Path file : files) {
      found.add(Files.getAttribute(file, "unix:ino"));
    }
    return found;
  }

  @Test
  void aTrialThatIsRecordedAgainHasItsRowsOnce() {
    records(null).trialEnded(outcome(0));
    deleteRow("trial-01");

    TrialRecords again = records(RunStatus.RUNNING);
    assertThat(again.finished()).isEmpty();
    again.trialEnded(outcome(0));

    assertThat(store.read(Tables.TRAIN_STEPS, "r1")).isEqualTo(SweepRows.steps("r1", outcome(0)));
    assertThat(store.read(Tables.CONFUSION, "r1")).hasSize(4);
    assertThat(store.read(Tables.TRIALS, "r1")).hasSize(1);
  }

  /** As a crash before the last table leaves it. */
  private void deleteRow(String trialId) {
    File row = output.resolve("trials/run_id=r1/part-" + trialId + ".parquet").toFile();
    assertThat(row.delete()).isTrue();
  }

  @Test
  void goesOnWithARunWhoseTrialsShareFilesAsInOlderVersions() {
    List<TrainStepRow> steps = new ArrayList<>(SweepRows.steps("r1", outcome(0)));
    steps.addAll(SweepRows.steps("r1", outcome(1)).subList(0, 3));
    List<EpochRow> epochs = SweepRows.epochs("r1", outcome(0));
    store.write(Tables.TRAIN_STEPS, "r1", steps);
    store.write(Tables.EPOCHS, "r1", epochs);
    store.write(Tables.TRIALS, "r1", List.of(row(0)));

    TrialRecords records = records(RunStatus.RUNNING);

    assertThat(records.finished()).containsExactly("trial-01");
    assertThat(records.hasResult()).isTrue();
    assertThat(store.read(Tables.TRAIN_STEPS, "r1")).isEqualTo(steps.subList(0, 4));
    records.trialEnded(outcome(1));
    assertThat(store.read(Tables.TRAIN_STEPS, "r1")).hasSize(8).doesNotHaveDuplicates();
    assertThat(store.read(Tables.EPOCHS, "r1")).hasSize(4).containsAll(epochs);
    assertThat(store.read(Tables.TRIALS, "r1"))
        .extracting(TrialRow::trialId)
        .containsExactly("trial-01", "trial-02");
  }

  private TrialRow row(int trial) {
    return SweepRows.trial("r1", outcome(trial), Optional.empty(), Optional.empty());
  }

  @Test
  void failedTrialsOfAFailedRunLeaveNothingAndAreTriedAgain() throws IOException {
    TrialRecords records = records(null);
    records.trialEnded(outcome(0, TrialStatus.FAILED, false));
    records.trialEnded(outcome(1, TrialStatus.DIVERGED, false));

    assertThat(recorded).as("whose checkpoints may go").containsExactly(trials.get(1));
    assertThat(records.hasResult()).isFalse();
    assertThat(records(RunStatus.RUNNING).finished()).hasSize(2);
    assertThat(records(RunStatus.FAILED).finished()).containsExactly("trial-02");
    assertThat(files()).hasSize(7).allMatch(file -> file.toString().contains("trial-02"));
    for (Table<?> table : TRIAL_TABLES) {
      assertThat(store.read(table, "r1")).isNotEmpty();
    }
  }

  @Test
  void theBestEpochsNetworkLiesBesideTheLastOnes() throws IOException {
    records(null).trialEnded(outcome(0));

    TrialRow row = store.read(Tables.TRIALS, "r1").get(0);
    assertThat(row.bestEpoch()).isEqualTo(1);
    assertThat(row.modelPath()).endsWith("/models/r1/trial-01/model.zip");
    assertThat(row.bestModelPath()).endsWith("/models/r1/trial-01/best.zip");
    assertThat(parameters(row.modelPath())).containsOnly(0);
    assertThat(parameters(row.bestModelPath())).isEqualTo(NETWORK.initialState().parameters());
  }

  @Test
  void whereTheLastEpochIsTheBestOneFileIsBoth() throws IOException {
    records(null).trialEnded(outcome(0, TrialStatus.COMPLETED, true));

    TrialRow row = store.read(Tables.TRIALS, "r1").get(0);
    assertThat(row.bestEpoch()).isEqualTo(2);
    assertThat(row.bestModelPath()).isEqualTo(row.modelPath()).endsWith("model.zip");
    assertThat(output.resolve("models/r1/trial-01/best.zip")).doesNotExist();
  }

  private static float[] parameters(String zip) throws IOException {
    return ModelSerializer.restoreComputationGraph(Path.of(URI.create(zip)).toFile(), true)
        .params()
        .toFloatVector();
  }

  private WeakReference<TrialStep> firstStepOfARecordedTrial(TrialRecords records) {
    TrialOutcome outcome = outcome(0);
    records.trialEnded(outcome);
    return new WeakReference<>(outcome.steps().get(0));
  }

  @Test
  void whatIsRecordedIsNotKeptInMemory() {
    TrialRecords records = records(null);
    WeakReference<TrialStep> step = firstStepOfARecordedTrial(records);

    for (int i = 0; i < 20 && step.get() != null; i++) {
      System.gc();
    }

    assertThat(step.get()).isNull();
    assertThat(records.hasResult()).isTrue();
  }
}
