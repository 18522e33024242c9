package org.lrsweep.experiment.phases;

import static org.lrsweep.results.RunStatus.COMPLETED;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.apache.hadoop.util.ShutdownHookManager;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainedNetwork;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.MetricRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.EvaluatedWeights;
import org.lrsweep.sweep.SweepListener;
import org.lrsweep.sweep.SweepRows;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.WeightRows;

/**
 * The finished trials of a run. Each is recorded as it ends: its models, its rows, and last the row
 * in {@code trials} that makes it count. What was recorded is not kept in memory. Thread-safe.
 */
final class TrialRecords implements SweepListener {
  private final ResultStore store;
  private final String runId;
  private final LongFunction<NetworkSpec> networks;
  private final List<String> classNames;
  private final Optional<String> input;
  private final Consumer<Trial> recorded;
  private final Set<String> finished = new HashSet<>();
  private boolean hasResult;
  private int stopped;

  /**
   * Those that were finished when the run was broken off; none for a new run.
   *
   * @param before how the run stood, if it was broken off. If it had failed, its failed trials are
   *     to be tried again.
   * @param networks the network of a seed
   * @param input JSON that lies beside each trial's networks; empty for none
   * @param recorded hears of each trial that is recorded and needs no checkpoint any more
   */
  TrialRecords(
      ResultStore store,
      String runId,
      Optional<RunStatus> before,
      LongFunction<NetworkSpec> networks,
      List<String> classNames,
      Optional<String> input,
      Consumer<Trial> recorded) {
    this.store = store;
    this.runId = runId;
    this.networks = networks;
    this.classNames = List.copyOf(classNames);
    this.input = input;
    this.recorded = recorded;
    if (before.isPresent()) {
      goOn(before.get() == RunStatus.FAILED);
    }
  }

  /** The trials of a session's run. One that is extended loses none of those that it has. */
  static TrialRecords of(Session session) {
    return new TrialRecords(
        session.store(),
        session.runId(),
        session
            .output()
            .before()
            .map(run -> session.output().extension().isEmpty() ? run.status() : COMPLETED),
        session.trialNetworks()::network,
        session.data().classNames(),
        session.data().input(),
        trial -> session.output().forgetTrial(trial.id()));
  }

  private void goOn(boolean failedOnesAgain) {
    Set<String> kept = new HashSet<>();
    for (TrialRow trial : store.read(Tables.TRIALS, runId)) {
      kept.add(trial.trialId());
      if (trial.status() == TrialStatus.STOPPED) {
        hasResult |= trial.bestEpoch() != null;
      } else if (failedOnesAgain && trial.status() == TrialStatus.FAILED) {
        store.deleteModels(runId, trial.trialId());
        kept.remove(trial.trialId());
      } else {
        finished.add(trial.trialId());
        hasResult |= trial.status() == TrialStatus.COMPLETED;
      }
    }
    // What has no row in trials was cut off while it was recorded.
    store.retainTrials(runId, kept);
  }

  /** The ids of the finished trials; one that stopped is none. */
  synchronized Set<String> finished() {
    return Set.copyOf(finished);
  }

  /** Whether a trial was completed, or stopped after an epoch. */
  synchronized boolean hasResult() {
    return hasResult;
  }

  /** How many trials have stopped since this was made. */
  synchronized int stopped() {
    return stopped;
  }

  @Override
  public void trialEnded(TrialOutcome outcome) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return; // Spark is stopping, and no outcome is to be trusted.
    }
    Trial trial = outcome.trial();
    UnaryOperator<String> file =
        name -> name.equals(outcome.chosenNetwork()) ? "model.zip" : name + ".zip";
    Optional<String> last =
        outcome.state().map(state -> writeModel(trial, file.apply(TrialOutcome.LAST), state));
    Optional<String> best =
        outcome.bestState().equals(outcome.state())
            ? last
            : outcome
                .bestState()
                .map(state -> writeModel(trial, file.apply(TrialOutcome.BEST), state));
    String id = trial.id();
    if (best.equals(last)) {
      store.deleteModel(runId, id, "best.zip"); // of the same trial when it was shorter
    }
    if (last.isPresent() || best.isPresent()) {
      input.ifPresent(
          json ->
              store.writeFile(
                  store.modelDirectory(runId, id) + "/input.json",
                  out -> out.write(json.getBytes(StandardCharsets.UTF_8))));
    }
    store.replaceTrial(Tables.TRAIN_STEPS, runId, id, SweepRows.steps(runId, outcome));
    store.replaceTrial(Tables.EPOCHS, runId, id, SweepRows.epochs(runId, outcome));
    store.replaceTrial(
        Tables.CLASS_METRICS, runId, id, SweepRows.classMetrics(runId, outcome, classNames));
    store.replaceTrial(Tables.CONFUSION, runId, id, SweepRows.confusion(runId, outcome));
    List<MetricRow> metrics = SweepRows.metrics(runId, outcome);
    if (!metrics.isEmpty()) {
      store.replaceTrial(Tables.METRICS, runId, id, metrics);
    }
    if (!outcome.weights().isEmpty()) {
      List<String> others =
          outcome.weights().stream()
              .map(weights -> writeWeights(trial, weights, file.apply(weights.name())))
              .toList();
      store.replaceTrial(
          Tables.WEIGHTS,
          runId,
          id,
          WeightRows.of(runId, outcome, new WeightRows.Paths(last, best, others)));
    }
    store.replaceTrial(
        Tables.TRIALS, runId, id, List.of(SweepRows.trial(runId, outcome, last, best)));
    boolean isStopped = outcome.status() == TrialStatus.STOPPED;
    synchronized (this) {
      if (isStopped) {
        stopped++;
      } else {
        finished.add(id);
      }
      hasResult |=
          outcome.status() == TrialStatus.COMPLETED
              || (isStopped && outcome.bestEpoch().isPresent());
    }
    if (!isStopped && outcome.status() != TrialStatus.FAILED) {
      recorded.accept(trial);
    }
  }

  /** Where they lie: a network, or the folder of an ensemble's networks, by their steps. */
  private String writeWeights(Trial trial, EvaluatedWeights weights, String file) {
    if (weights.isOneNetwork()) {
      return writeModel(trial, file, weights.states().get(0));
    }
    store.deleteModel(runId, trial.id(), weights.name());
    for (TrainingState state : weights.states()) {
      writeModel(trial, weights.name() + "/after-" + state.step() + "-steps.zip", state);
    }
    return store.modelDirectory(runId, trial.id()) + "/" + weights.name();
  }

  private String writeModel(Trial trial, String file, TrainingState state) {
    String path = store.modelDirectory(runId, trial.id()) + "/" + file;
    store.writeFile(
        path,
        zip -> TrainedNetwork.write(networks.apply(trial.seed()), state, trial.baseLr(), zip));
    return path;
  }
}
