package org.lrsweep.export.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.export.mlflow.FakeMlflow.Fault;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;

/** Against a server made to the published interface; no real one can be had where this is built. */
@Timeout(120)
class MlflowExportTest {
  private static final String ID = "r1";

  @TempDir private Path folder;
  private FakeMlflow mlflow;
  private ResultStore store;

  @BeforeEach
  void start() throws IOException {
    mlflow = new FakeMlflow();
    store = ResultStore.open(folder.toString(), new Configuration());
    new SampleRun(ID, 3, 600).write(store, 2);
  }

  @AfterEach
  void stop() {
    mlflow.close();
  }

  private int send() throws MlflowException {
    return send(Duration.ofMinutes(1));
  }

  private int send(Duration limit) throws MlflowException {
    return send(new MlflowServer(mlflow.uri(), "curves", limit), Map.of());
  }

  private int send(MlflowServer server, Map<String, String> environment) throws MlflowException {
    return MlflowExport.send(
        store, ID, server, new MlflowClient(server, environment, Duration.ofMillis(1)));
  }

  private List<TrialRow> trials() {
    return store.read(Tables.TRIALS, ID);
  }

  private void assertComplete() {
    assertThat(mlflow.runs).hasSize(1 + trials().size());
    for (TrialRow trial : trials()) {
      FakeMlflow.Run run = mlflow.run(trial.trialId());
      long finite =
          store.read(Tables.TRAIN_STEPS, ID).stream()
              .filter(row -> row.trialId().equals(trial.trialId()))
              .filter(row -> Double.isFinite(row.loss()))
              .count();
      assertThat(run.points("step/loss")).isEqualTo(finite).isPositive();
      assertThat(run.tags).containsKey(TrackedRun.SENT);
    }
    long steps = store.read(Tables.FINDER_STEPS, ID).size();
    assertThat(mlflow.run("").points("finder/learning_rate")).isEqualTo(steps);
  }

  @Test
  void aRunAndBelowItItsTrialsAreThere() throws Exception {
    assertThat(send()).isEqualTo(1 + trials().size());

    assertComplete();
    assertThat(mlflow.experiments).containsOnlyKeys("curves");
    FakeMlflow.Run run = mlflow.run("");
    RunRow row = store.read(Tables.RUNS, ID).get(0);
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.endTime).isEqualTo(row.finishedAt().toEpochMilli());
    assertThat(run.tags)
        .containsEntry("mlflow.runName", ID)
        .containsEntry("lrsweep.dataset", row.dataset());
    TrialRow first = trials().get(0);
    FakeMlflow.Run trial = mlflow.run(first.trialId());
    assertThat(trial.tags)
        .containsEntry("mlflow.parentRunId", "run0")
        .containsEntry("mlflow.runName", first.trialId())
        .containsEntry("lrsweep.model_path", first.modelPath());
    assertThat(trial.params)
        .containsEntry("policy", first.policy())
        .containsEntry("max_lr", String.valueOf(first.maxLr()));
    TrainStepRow last =
        store.read(Tables.TRAIN_STEPS, ID).stream()
            .filter(step -> step.trialId().equals(first.trialId()))
            .reduce((one, two) -> two)
            .orElseThrow();
    assertThat(trial.metrics)
        .anyMatch(
            metric ->
                metric.startsWith("step/learning_rate " + last.step() + " ")
                    && metric.endsWith(" " + last.lr()));
  }

  @Test
  void whatIsThereIsNotSentAgain() throws Exception {
    send();
    mlflow.requests.clear();

    assertThat(send()).isZero();

    assertThat(mlflow.requests).containsOnly("experiments/get-by-name", "runs/search");
  }

  @Test
  void passingFaultsAreTriedAgain() throws Exception {
    mlflow.faults.addAll(List.of(Fault.ERROR, Fault.TOO_MANY, Fault.NONE, Fault.NONE));
    mlflow.faults.addAll(List.of(Fault.ERROR, Fault.NONE, Fault.NONE, Fault.HALF_ANSWER));

    send();

    assertComplete();
  }

  /** Wherever it breaks off, the next export makes it whole, and no run is there twice. */
  @Test
  void whateverBreaksOffIsMadeWholeByTheNextExport() throws Exception {
    send();
    int requests = mlflow.requests.size();
    for (int broken = 0; broken < requests; broken += 7) {
      mlflow.runs.clear();
      mlflow.experiments.clear();
      mlflow.faults.addAll(Collections.nCopies(broken, Fault.NONE));
      mlflow.faults.addAll(Collections.nCopies(3, Fault.HALF_ANSWER));
      try {
        send();
      } catch (MlflowException e) {
        assertThat(e).hasMessageContaining("IOException");
      }
      mlflow.faults.clear();

      send();

      assertComplete();
    }
  }

  @Test
  void aServerThatIsSilentCostsNoMoreThanTheLimit() {
    mlflow.faults.addAll(Collections.nCopies(9, Fault.SILENCE));
    long start = System.nanoTime();

    assertThatThrownBy(() -> send(Duration.ofMillis(600))).isInstanceOf(MlflowException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void aServerThatIsNotThereOrNoMlflowIsSaid() {
    mlflow.faults.add(Fault.HTML);
    assertThatThrownBy(this::send)
        .isInstanceOf(MlflowException.class)
        .hasMessage("experiments/get-by-name was answered with no JSON");

    mlflow.close();

    assertThatThrownBy(this::send)
        .isInstanceOf(MlflowException.class)
        .hasMessageStartingWith("experiments/get-by-name: java.net.ConnectException");
  }

  @Test
  void aRegressionIsSentWithItsOwnMetrics() throws Exception {
    TrialRow old = trials().get(0);
    String rmse = "rmse";
    store.replaceTrial(
        Tables.TRIALS,
        ID,
        old.trialId(),
        List.of(
            new TrialRow(
                ID,
                old.trialId(),
                old.policy(),
                old.stepSizeEpochs(),
                old.stepSizeSteps(),
                old.baseLr(),
                old.maxLr(),
                old.batchSize(),
                old.epochs(),
                old.seed(),
                old.status(),
                old.error(),
                1,
                null,
                null,
                9.0,
                null,
                null,
                null,
                rmse,
                3.0,
                4.0,
                16.0)));
    store.replaceTrial(
        Tables.EPOCHS,
        ID,
        old.trialId(),
        List.of(new EpochRow(ID, old.trialId(), 1, 9.5, null, 9.0, null, 20, rmse, 3.0)));

    send();

    FakeMlflow.Run run = mlflow.run(old.trialId());
    assertThat(run.points("best_val_rmse")).isEqualTo(1);
    assertThat(run.points("test_rmse")).isEqualTo(1);
    assertThat(run.points("epoch/val_rmse")).isEqualTo(1);
    assertThat(run.points("best_val_accuracy") + run.points("epoch/val_accuracy")).isZero();
  }

  /** MLflow lets no parameter change. */
  @Test
  void anExtendedTrialIsAddedTo() throws Exception {
    send();
    TrialRow first = trials().get(0);
    List<TrainStepRow> steps =
        store.read(Tables.TRAIN_STEPS, ID).stream()
            .filter(row -> row.trialId().equals(first.trialId()))
            .toList();
    TrainStepRow last = steps.get(steps.size() - 1);
    List<TrainStepRow> longer = new java.util.ArrayList<>(steps);
    longer.add(
        new TrainStepRow(ID, first.trialId(), last.step() + 1, last.epoch() + 1, last.lr(), 0.5));
    store.replaceTrial(Tables.TRAIN_STEPS, ID, first.trialId(), longer);

    assertThat(send()).isEqualTo(1);

    assertComplete();
  }

  @Test
  void credentialsAreThoseOfMlflowsOwnClients() throws Exception {
    MlflowServer server = new MlflowServer(mlflow.uri(), "curves", Duration.ofMinutes(1));

    send(server, Map.of("MLFLOW_TRACKING_TOKEN", "abc"));
    assertThat(mlflow.authorizations).containsOnly("Bearer abc");
    mlflow.authorizations.clear();
    send(
        server,
        Map.of("MLFLOW_TRACKING_USERNAME", "Aladdin", "MLFLOW_TRACKING_PASSWORD", "open sesame"));

    // The example of RFC 7617.
    assertThat(mlflow.authorizations).containsOnly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void aUriThatIsNoneOfAServerIsRefused() {
    for (String uri : List.of("localhost:5000", "ftp://host", "databricks", "http:///x")) {
      assertThatThrownBy(() -> new MlflowServer(URI.create(uri), "x", Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("must be an http or https URI with a host");
    }
    assertThatThrownBy(
            () -> new MlflowServer(URI.create("http://a:secret@h"), "x", Duration.ofSeconds(1)))
        .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
        .hasMessageNotContaining("secret");
  }
}
