package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.DamagedCheckpointException;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.network.TrainingState;
import org.lrsweep.sweep.TrialProgress.Evaluated;

/** A trial's progress as a checkpoint's values and back. */
final class TrialCheckpoint {
  private static final int STEP_NUMBERS = 2;

  private TrialCheckpoint() {}

  static Snapshot of(Trial trial, TrialProgress progress) {
    Snapshot.Builder values = Snapshot.builder().put("trial", trial.identity());
    put(values, "now", progress.state());
    EpochTotals totals = progress.totals();
    DivergenceRule.State divergence = progress.divergence();
    values
        .put("totals", totals.correct(), totals.examples(), totals.millis())
        .put("answers", totals.answers())
        .put("loss sum", totals.lossSum())
        .put("divergence", divergence.first(), divergence.average())
        .put("divergence steps", divergence.steps())
        .put("steps", steps(progress.steps()))
        .put("epochs", CheckpointEpochs.of(progress.epochs()))
        .put("metrics", CheckpointEpochs.metrics(progress.epochs()));
    progress
        .evaluated()
        .ifPresent(
            evaluated -> {
              put(values, "evaluated", evaluated.state());
              EvaluationSnapshot.put(values, evaluated.predictions());
            });
    if (!isLast(progress)) {
      progress.best().ifPresent(best -> put(values, "best", best));
    }
    progress.weights().put(values);
    return values.build();
  }

  private static boolean isLast(TrialProgress progress) {
    return progress.best().equals(progress.evaluated().map(Evaluated::state));
  }

  /**
   * The progress of this trial, or of a shorter one that it goes on with.
   *
   * @return empty if the shorter one did not keep the weights that the longer one is to average
   * @throws IllegalStateException if it is the checkpoint of another trial
   * @throws DamagedCheckpointException if values are missing or contradict each other
   */
  static Optional<TrialProgress> read(Trial trial, WeightSettings weights, Snapshot values) {
    String identity = values.text("trial");
    if (identity.equals(trial.identity())) {
      return Optional.of(progress(trial, values));
    }
    int epochs =
        trial
            .epochsOf(identity)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The checkpoint is of another trial: "
                            + identity
                            + ", not "
                            + trial.identity()));
    return WeightCollector.isSame(weights, trial.lasting(epochs), trial)
        ? Optional.of(progress(trial, values))
        : Optional.empty();
  }

  private static TrialProgress progress(Trial trial, Snapshot values) {
    long[] totals = numbers(values.longs("totals"), 3);
    double[] divergence = values.doubles("divergence");
    if (divergence.length != 2) {
      throw new DamagedCheckpointException("its divergence rule must have 2 numbers");
    }
    Optional<Evaluated> evaluated =
        EvaluationSnapshot.isIn(values)
            ? Optional.of(
                new Evaluated(state(values, "evaluated"), EvaluationSnapshot.read(values)))
            : Optional.empty();
    List<TrialEpoch> epochs = CheckpointEpochs.read(values);
    return new TrialProgress(
        state(values, "now"),
        new EpochTotals(
            values.doubles("loss sum")[0],
            totals[0],
            totals[1],
            // Of older versions, as many as examples.
            values.has("answers") ? values.number("answers") : totals[1],
            totals[2]),
        new DivergenceRule.State(divergence[0], divergence[1], values.number("divergence steps")),
        steps(trial, values.doubles("steps")),
        epochs,
        evaluated,
        best(values, epochs, evaluated),
        CollectedWeights.read(values));
  }

  /** Empty too where an older version, which kept the last epoch's alone, wrote the checkpoint. */
  private static Optional<TrainingState> best(
      Snapshot values, List<TrialEpoch> epochs, Optional<Evaluated> evaluated) {
    if (values.has("best step")) {
      return Optional.of(state(values, "best"));
    }
    boolean last =
        TrialEpoch.best(epochs).filter(best -> best.epoch() == epochs.size()).isPresent();
    return last ? evaluated.map(Evaluated::state) : Optional.empty();
  }

  private static long[] numbers(long[] values, int count) {
    if (values.length != count) {
      throw new DamagedCheckpointException(
          "expected " + count + " numbers, found " + values.length);
    }
    return values;
  }

  private static void put(Snapshot.Builder values, String name, TrainingState state) {
    values
        .put(name + " step", state.step())
        .put(name + " parameters", state.parameters())
        .put(name + " updater state", state.updaterState());
  }

  private static TrainingState state(Snapshot values, String name) {
    return new TrainingState(
        values.floats(name + " parameters"),
        values.floats(name + " updater state"),
        values.number(name + " step"));
  }

  private static double[] steps(List<TrialStep> rows) {
    double[] numbers = new double[rows.size() * STEP_NUMBERS];
    for (int i = 0; i < rows.size(); i++) {
      numbers[i * STEP_NUMBERS] = rows.get(i).lr();
      numbers[i * STEP_NUMBERS + 1] = rows.get(i).loss();
    }
    return numbers;
  }

  /** A trial's steps are numbered from 0, and epochs are of equal length. */
  private static List<TrialStep> steps(Trial trial, double[] numbers) {
    List<TrialStep> rows = new ArrayList<>(numbers.length / STEP_NUMBERS);
    for (int i = 0; i < numbers.length / STEP_NUMBERS; i++) {
      rows.add(
          new TrialStep(
              i,
              i / trial.stepsPerEpoch() + 1,
              numbers[i * STEP_NUMBERS],
              numbers[i * STEP_NUMBERS + 1]));
    }
    return rows;
  }
}
