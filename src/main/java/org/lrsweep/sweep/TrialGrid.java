package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.StepSizes;

/**
 * The trials of a sweep: every combination of seed, range, policy and step size.
 *
 * @param policies at least one
 * @param stepSizesEpochs half cycles in epochs, at least one
 * @param ranges at least one
 * @param seeds at least one
 * @param gamma of exp_range
 * @param batchSize examples in one step over all workers
 * @param epochs passes over the training set
 */
public record TrialGrid(
    List<CyclicPolicy> policies,
    List<Double> stepSizesEpochs,
    List<LrRange> ranges,
    List<Long> seeds,
    double gamma,
    int batchSize,
    int epochs) {

  public TrialGrid {
    policies = List.copyOf(policies);
    stepSizesEpochs = List.copyOf(stepSizesEpochs);
    ranges = List.copyOf(ranges);
    seeds = List.copyOf(seeds);
  }

  /**
   * The trials in a fixed order, named trial-01, trial-02 and so on. An epoch is {@code
   * floor(examples / batchSize)} steps: as in Keras, a last part of a batch is left out.
   *
   * @param trainExamples size of the training set
   * @throws IllegalArgumentException if the training set is smaller than a batch
   */
  public List<Trial> trials(int trainExamples) {
    int stepsPerEpoch = trainExamples / batchSize;
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "batch-size must be <= the number of training examples ("
              + trainExamples
              + "), found "
              + batchSize);
    }
    int count = seeds.size() * ranges.size() * policies.size() * stepSizesEpochs.size();
    int digits = Math.max(2, String.valueOf(count).length());
    List<Trial> trials = new ArrayList<>(count);
    for (long seed : seeds) {
      for (LrRange range : ranges) {
        for (CyclicPolicy policy : policies) {
          for (double stepSize : stepSizesEpochs) {
            trials.add(
                new Trial(
                    String.format("trial-%0" + digits + "d", trials.size() + 1),
                    policy,
                    stepSize,
                    StepSizes.ofEpochs(stepSize, trainExamples, batchSize),
                    range.baseLr(),
                    range.maxLr(),
                    gamma,
                    batchSize,
                    epochs,
                    stepsPerEpoch,
                    seed));
          }
        }
      }
    }
    return trials;
  }
}
