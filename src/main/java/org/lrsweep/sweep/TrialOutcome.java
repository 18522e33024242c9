package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.sweep.TrialProgress.Evaluated;
import org.lrsweep.training.evaluation.Evaluation;

/**
 * How a trial ended, and its curves as far as it came.
 *
 * @param trial which
 * @param status how it ended
 * @param error why it diverged, failed or stopped; empty if it completed
 * @param steps every step trained
 * @param epochs every epoch finished
 * @param state the state after the last finished epoch; empty if there is none
 * @param predictions on the test set, of that state; empty if there is none
 * @param bestState the state after {@link #bestEpoch}, the same object as {@code state} where that
 *     is the last one; empty if there is none, or if a version went on with the trial that did not
 *     keep it
 * @param test how the chosen weights answered the test part; empty if there is none, or trials are
 *     chosen by it
 * @param weights the mean of its weights and the ensemble of them, as far as the settings want
 *     them, of a completed trial
 */
public record TrialOutcome(
    Trial trial,
    TrialStatus status,
    Optional<String> error,
    List<TrialStep> steps,
    List<TrialEpoch> epochs,
    Optional<TrainingState> state,
    Optional<Evaluation> predictions,
    Optional<TrainingState> bestState,
    List<EvaluatedWeights> weights,
    Optional<Evaluation> test) {
  /** The name of the network of the last epoch. */
  public static final String LAST = "last";

  /** The name of the network of the best epoch. */
  public static final String BEST = "best";

  public TrialOutcome {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
    weights = List.copyOf(weights);
  }

  /** An outcome with no weights but the last and the best. */
  public TrialOutcome(
      Trial trial,
      TrialStatus status,
      Optional<String> error,
      List<TrialStep> steps,
      List<TrialEpoch> epochs,
      Optional<TrainingState> state,
      Optional<Evaluation> predictions,
      Optional<TrainingState> bestState) {
    this(
        trial,
        status,
        error,
        steps,
        epochs,
        state,
        predictions,
        bestState,
        List.of(),
        Optional.empty());
  }

  /** A trial that failed before its first step. */
  static TrialOutcome failed(Trial trial, Exception cause) {
    return new TrialOutcome(
        trial,
        TrialStatus.FAILED,
        Optional.of(RootCause.sentence(cause)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A trial that a sweep's limits didn't let begin.
   *
   * @param reached as far as it came before; empty if it never began
   */
  static TrialOutcome notBegun(Trial trial, Optional<TrialProgress> reached, String reason) {
    return new TrialOutcome(
        trial,
        TrialStatus.STOPPED,
        Optional.of(reason),
        reached.map(TrialProgress::steps).orElse(List.of()),
        reached.map(TrialProgress::epochs).orElse(List.of()),
        reached.flatMap(TrialProgress::evaluated).map(Evaluated::state),
        reached.flatMap(TrialProgress::evaluated).map(Evaluated::predictions),
        reached.flatMap(TrialProgress::best));
  }

  /** The same, whose chosen weights have answered the test part; empty if there is none. */
  TrialOutcome tested(Optional<Evaluation> answered) {
    return new TrialOutcome(
        trial, status, error, steps, epochs, state, predictions, bestState, weights, answered);
  }

  boolean hasFailed() {
    return status == TrialStatus.FAILED;
  }

  /**
   * The outcome whose best epoch has the best metric, the first of several; empty if none has been
   * evaluated.
   *
   * @param outcomes of one task
   */
  public static Optional<TrialOutcome> best(List<TrialOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.bestEpoch().isPresent())
        .reduce((best, next) -> next.scores().areBetterThan(best.scores()) ? next : best);
  }

  private Scores scores() {
    return bestEpoch().orElseThrow().scores();
  }

  /** The best epoch by the metric that ranks on the validation part, the first of several. */
  public Optional<TrialEpoch> bestEpoch() {
    return TrialEpoch.best(epochs);
  }

  /**
   * The averaged weights, if they do better on the validation part than every epoch's: the network
   * that the validation part chooses. Empty if an epoch's does as well.
   */
  public Optional<EvaluatedWeights> chosenAverage() {
    Optional<Scores> best = bestEpoch().map(TrialEpoch::scores);
    return weights.stream()
        .filter(EvaluatedWeights::isOneNetwork)
        .filter(
            average ->
                best.map(epoch -> Scores.of(average.predictions()).areBetterThan(epoch))
                    .orElse(true))
        .findFirst();
  }

  /**
   * The name of the one network that the validation part chooses: swa or ema; {@code best} where
   * the best epoch does as well as the mean and is not the last; else {@code last}. A trial without
   * a mean and an ensemble has nothing to choose from but its epochs, and keeps the last one's.
   */
  public String chosenNetwork() {
    return chosenAverage()
        .map(EvaluatedWeights::name)
        .orElseGet(
            () ->
                weights.isEmpty() || bestState.isEmpty() || bestState.equals(state) ? LAST : BEST);
  }
}
