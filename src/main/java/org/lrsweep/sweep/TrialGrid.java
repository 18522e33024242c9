package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lrsweep.schedule.StepSizes;

/**
 * The trials of a sweep: every combination of seed, range, policy and step size. A constant
 * learning rate has neither step size nor lower bound, so there is one trial of it for each upper
 * bound.
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
    List<TrialPolicy> policies,
    List<Double> stepSizesEpochs,
    List<TrialRange> ranges,
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
    if (trainExamples < batchSize) {
      throw new IllegalArgumentException(
          "batch-size must be <= the number of training examples ("
              + trainExamples
              + "), found "
              + batchSize);
    }
    int most = seeds.size() * ranges.size() * policies.size() * stepSizesEpochs.size();
    String ids = "trial-%0" + Math.max(2, String.valueOf(most).length()) + "d";
    List<Trial> trials = new ArrayList<>(most);
    for (long seed : seeds) {
      Set<TrialRange> constants = new HashSet<>();
      for (TrialRange range : ranges) {
        for (TrialPolicy policy : policies) {
          boolean constant = policy == TrialPolicy.CONSTANT;
          if (constant && !constants.add(range.top())) {
            continue;
          }
          TrialRange bounds = constant ? range.top() : range;
          for (double stepSize : constant ? List.of((double) epochs) : stepSizesEpochs) {
            String id = String.format(Locale.ROOT, ids, trials.size() + 1);
            trials.add(trial(id, policy, stepSize, bounds, seed, trainExamples));
          }
        }
      }
    }
    return trials;
  }

  private Trial trial(
      String id,
      TrialPolicy policy,
      double stepSizeEpochs,
      TrialRange range,
      long seed,
      int trainExamples) {
    return new Trial(
        id,
        policy,
        stepSizeEpochs,
        StepSizes.ofEpochs(stepSizeEpochs, trainExamples, batchSize),
        range.bounds().baseLr(),
        range.bounds().maxLr(),
        gamma,
        batchSize,
        epochs,
        trainExamples / batchSize,
        seed,
        range.method());
  }
}
