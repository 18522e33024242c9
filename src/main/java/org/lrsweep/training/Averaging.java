package org.lrsweep.training;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.RoundResult.TrainedStep;

/**
 * Parameter averaging: the mean of the workers' states, each weighted by its examples, summed in
 * the workers' order so that the bits never depend on which task ended first.
 *
 * <p>Batch norm's running variance is among the parameters; where DL4J keeps its logarithm, its
 * average is the geometric mean of the workers' variances.
 */
final class Averaging {
  private Averaging() {}

  /** What a round made: the averaged state, and its report. */
  record Outcome(TrainingState state, RoundResult result) {}

  static Outcome average(List<WorkerResult> results, Round round) {
    if (results.stream().allMatch(result -> result.examples()[result.examples().length - 1] == 0)) {
      throw new IllegalArgumentException(
          "Epoch "
              + round.epoch()
              + " has no examples left for step "
              + (round.firstStepOfEpoch() + round.steps() - 1)
              + " of it; an epoch has at most ceil(examples / batch size) steps");
    }
    long slowest = results.stream().mapToLong(WorkerResult::trainingNanos).max().orElseThrow();
    return new Outcome(state(results), new RoundResult(steps(results, round), slowest));
  }

  private static TrainingState state(List<WorkerResult> results) {
    List<WorkerResult> trained = results.stream().filter(r -> r.totalExamples() > 0).toList();
    if (trained.size() == 1) {
      return trained.get(0).state();
    }
    double total = trained.stream().mapToLong(WorkerResult::totalExamples).sum();
    TrainingState first = trained.get(0).state();
    float[] parameters = new float[first.parameters().length];
    float[] updaterState = new float[first.updaterState().length];
    for (WorkerResult result : trained) {
      float weight = (float) (result.totalExamples() / total);
      addScaled(parameters, result.state().parameters(), weight);
      addScaled(updaterState, result.state().updaterState(), weight);
    }
    return new TrainingState(parameters, updaterState, first.step());
  }

  private static void addScaled(float[] sum, float[] values, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }

  private static List<TrainedStep> steps(List<WorkerResult> results, Round round) {
    int trained = results.stream().mapToInt(r -> r.losses().length).min().orElse(0);
    List<TrainedStep> steps = new ArrayList<>(trained);
    for (int step = 0; step < trained; step++) {
      double loss = 0;
      long correct = 0;
      long examples = 0;
      for (WorkerResult result : results) {
        int count = result.examples()[step];
        if (count > 0) {
          loss += result.losses()[step] * count;
        }
        correct += result.correct()[step];
        examples += count;
      }
      steps.add(new TrainedStep(round.learningRates()[step], loss / examples, correct, examples));
    }
    return steps;
  }
}
