package org.lrsweep.experiment.phases;

import java.time.Duration;
import java.util.List;
import org.lrsweep.sweep.Trial;
import org.lrsweep.terminal.Numbers;

/**
 * How long a sweep takes, judged by the steps of the range test before it. An example costs the
 * same in both, so a step of a trial costs as many times more as its workers have more examples
 * each.
 *
 * @param likely with evaluation at a third of training, as it has no backward pass
 * @param least by the fastest steps, and as if evaluation cost nothing
 * @param most by the slowest steps, and as if evaluation cost as much as training
 */
record SweepEstimate(Duration likely, Duration least, Duration most) {
  private static final double EVALUATION = 1.0 / 3;

  /**
   * What a sweep needs.
   *
   * @param trials those to be trained
   * @param rows how long they take, in trials one after the other, {@code >= 1}
   * @param workers of a trial, {@code >= 1}
   * @param testExamples evaluated after each epoch
   * @param passes over the training set after the last epoch of a trial, for averaged weights
   * @param evaluations after the last epoch of a trial, of averaged and ensembled weights
   */
  record Sweep(
      List<Trial> trials, double rows, int workers, int testExamples, int passes, int evaluations) {

    /** A sweep of which the epochs' own weights are all that is evaluated. */
    Sweep(List<Trial> trials, double rows, int workers, int testExamples) {
      this(trials, rows, workers, testExamples, 0, 0);
    }

    /** Examples that pass through a worker, one trial after the other. */
    private double examples(double evaluation) {
      double all = 0;
      for (Trial trial : trials) {
        double trained = (double) trial.stepsPerEpoch() * trial.batchSize();
        double tested = evaluation * testExamples;
        all += (trial.epochs() + passes) * trained / workers;
        all += (trial.epochs() + evaluations) * tested / workers;
      }
      return all / trials.size() * rows;
    }
  }

  /**
   * The estimate.
   *
   * @param step what a step of the range test took
   * @param examplesPerStep that a worker of the range test had in a step, {@code >= 1}
   */
  static SweepEstimate of(StepTimes.Nanos step, double examplesPerStep, Sweep sweep) {
    return new SweepEstimate(
        nanos(step.likely() / examplesPerStep * sweep.examples(EVALUATION)),
        nanos(step.least() / examplesPerStep * sweep.examples(0)),
        nanos(step.most() / examplesPerStep * sweep.examples(1)));
  }

  /** Of one after the other. */
  SweepEstimate plus(SweepEstimate other) {
    return new SweepEstimate(
        likely.plus(other.likely), least.plus(other.least), most.plus(other.most));
  }

  private static Duration nanos(double nanos) {
    return Duration.ofNanos(Math.round(nanos));
  }

  /** For people. */
  String sentence() {
    return "By the steps of the range test it takes " + range() + ".";
  }

  /** The times alone. */
  String range() {
    return "about "
        + Numbers.duration(likely)
        + " ("
        + Numbers.duration(least)
        + " to "
        + Numbers.duration(most)
        + ")";
  }
}
