package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.Sweep;
import org.lrsweep.sweep.SweepRows;
import org.lrsweep.sweep.SweepSettings;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialOutcome;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.training.TrainedNetwork;

/** The trials of a run: trains them side by side, records their curves, models and results. */
final class SweepPhase {
  private final Session session;
  private final PrintWriter out;

  SweepPhase(Session session) {
    this.session = session;
    out = session.out();
  }

  /**
   * Runs every trial.
   *
   * @param ranges to make trials with, at least one
   * @return whether at least one trial was completed
   */
  boolean run(List<TrialRange> ranges) {
    SweepConfig config = session.plan().config().sweep();
    List<Trial> trials = session.plan().grid(ranges).trials(session.dataset().train().size());
    int parallel =
        config.parallelTrials().orElse(Math.max(1, session.slots() / config.workersPerTrial()));
    parallel = Math.min(parallel, trials.size());
    out.printf(
        "Sweep: %d trials of %d epochs, %d at a time.%n", trials.size(), config.epochs(), parallel);
    out.flush();
    Sweep sweep =
        new Sweep(
            session.spark(),
            session.runId(),
            session.trialNetworks(),
            new SweepSettings(parallel, config.stepsPerRound(), config.divergenceFactor()));
    List<TrialOutcome> outcomes = sweep.run(trials, new SweepProgress(out));
    record(outcomes);
    return outcomes.stream().anyMatch(o -> o.status() == TrialStatus.COMPLETED);
  }

  private void record(List<TrialOutcome> outcomes) {
    List<TrainStepRow> steps = new ArrayList<>();
    List<EpochRow> epochs = new ArrayList<>();
    List<TrialRow> trials = new ArrayList<>();
    List<ClassMetricsRow> metrics = new ArrayList<>();
    List<ConfusionRow> confusion = new ArrayList<>();
    String runId = session.runId();
    for (TrialOutcome outcome : outcomes) {
      steps.addAll(outcome.steps());
      epochs.addAll(outcome.epochs());
      trials.add(SweepRows.trial(runId, outcome, modelPath(outcome)));
      metrics.addAll(SweepRows.classMetrics(runId, outcome, session.dataset().classNames()));
      confusion.addAll(SweepRows.confusion(runId, outcome));
    }
    ResultStore store = session.store();
    store.write(Tables.TRAIN_STEPS, runId, steps);
    store.write(Tables.EPOCHS, runId, epochs);
    store.write(Tables.CLASS_METRICS, runId, metrics);
    store.write(Tables.CONFUSION, runId, confusion);
    store.write(Tables.TRIALS, runId, trials);
    // Last, so that an output that is full by now has the curves at least.
    outcomes.forEach(this::writeModel);
  }

  private Optional<String> modelPath(TrialOutcome outcome) {
    return outcome
        .state()
        .map(
            state ->
                session.store().modelDirectory(session.runId(), outcome.trial().id())
                    + "/model.zip");
  }

  private void writeModel(TrialOutcome outcome) {
    outcome
        .state()
        .ifPresent(
            state -> {
              Trial trial = outcome.trial();
              String path = modelPath(outcome).orElseThrow();
              session
                  .store()
                  .writeFile(
                      path,
                      zip ->
                          TrainedNetwork.write(
                              session.trialNetworks().network(trial.seed()),
                              state,
                              trial.baseLr(),
                              zip));
            });
  }
}
