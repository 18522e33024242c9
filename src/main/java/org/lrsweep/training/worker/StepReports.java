package org.lrsweep.training.worker;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;

/** The workers' reports as one, summed in the workers' order. */
public final class StepReports {
  private StepReports() {}

  /**
   * One report of a round.
   *
   * @throws IllegalArgumentException if no worker had an example for the round's last step
   */
  public static RoundResult merge(List<WorkerSteps> workers, Round round) {
    if (workers.stream().noneMatch(WorkerSteps::endedWithExamples)) {
      throw new IllegalArgumentException(
          "Epoch "
              + round.epoch()
              + " has no examples left for step "
              + (round.firstStepOfEpoch() + round.steps() - 1)
              + " of it; an epoch has at most ceil(examples / batch size) steps");
    }
    long slowest = workers.stream().mapToLong(WorkerSteps::trainingNanos).max().orElseThrow();
    return new RoundResult(steps(workers, round), slowest);
  }

  private static List<TrainedStep> steps(List<WorkerSteps> workers, Round round) {
    int trained = workers.stream().mapToInt(WorkerSteps::count).min().orElse(0);
    List<TrainedStep> steps = new ArrayList<>(trained);
    for (int step = 0; step < trained; step++) {
      double loss = 0;
      long correct = 0;
      long answers = 0;
      long examples = 0;
      for (WorkerSteps worker : workers) {
        int count = worker.examples()[step];
        if (count > 0) {
          loss += worker.losses()[step] * count;
        }
        correct += worker.correct()[step];
        answers += worker.answers()[step];
        examples += count;
      }
      steps.add(
          new TrainedStep(
              round.learningRates()[step], loss / examples, correct, examples, answers));
    }
    return steps;
  }
}
