package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.lrsweep.schedule.Schedule;
import org.lrsweep.schedule.StepSizes;

/**
 * The trials of a sweep: every combination of seed, range, policy and step size. Constant and
 * linear learning rates have neither step size nor lower bound, so there is one trial of each for
 * each upper bound; one_cycle has no step size. Combinations that give every step the same learning
 * rate are one trial: step sizes that round to the same number of steps, say, or policies that
 * differ from the second cycle on in trials of one cycle.
 *
 * @param policies at least one
 * @param stepSizesEpochs half cycles in epochs, at least one
 * @param ranges at least one
 * @param seeds at least one
 * @param gamma of exp_range
 * @param batchSize examples in one step over all workers
 * @param epochs passes over the training set
 * @param settings what single policies take besides
 */
public record TrialGrid(
    List<TrialPolicy> policies,
    List<Double> stepSizesEpochs,
    List<TrialRange> ranges,
    List<Long> seeds,
    double gamma,
    int batchSize,
    int epochs,
    PolicySettings settings) {

  public TrialGrid {
    policies = List.copyOf(policies);
    stepSizesEpochs = List.copyOf(stepSizesEpochs);
    ranges = List.copyOf(ranges);
    seeds = List.copyOf(seeds);
  }

  /** A grid with the policies' default settings. */
  public TrialGrid(
      List<TrialPolicy> policies,
      List<Double> stepSizesEpochs,
      List<TrialRange> ranges,
      List<Long> seeds,
      double gamma,
      int batchSize,
      int epochs) {
    this(
        policies,
        stepSizesEpochs,
        ranges,
        seeds,
        gamma,
        batchSize,
        epochs,
        PolicySettings.defaults());
  }

  /**
   * The trials in a fixed order, named trial-01, trial-02 and so on. An epoch is {@code
   * floor(examples / batchSize)} steps: as in Keras, a last part of a batch is left out. Which
   * combinations a trial stands for, {@link #merged} says.
   *
   * @param trainExamples size of the training set
   * @throws IllegalArgumentException if the training set is smaller than a batch
   */
  public List<Trial> trials(int trainExamples) {
    return List.copyOf(groups(trainExamples).keySet());
  }

  /**
   * What would have been trained twice: the combinations that a trial stands for beside its own,
   * one sentence for each trial that has any.
   *
   * @param trainExamples size of the training set
   * @throws IllegalArgumentException as {@link #trials}
   */
  public List<String> merged(int trainExamples) {
    List<String> sentences = new ArrayList<>();
    groups(trainExamples)
        .forEach(
            (trial, equal) -> {
              if (!equal.isEmpty()) {
                sentences.add(sentence(trial, equal));
              }
            });
    return sentences;
  }

  private static String sentence(Trial trial, List<Trial> equal) {
    return trial.id()
        + " ("
        + describe(trial)
        + ") stands for "
        + equal.stream().map(TrialGrid::describe).collect(Collectors.joining(" and for "))
        + " too, with the same learning rate in every step";
  }

  private static String describe(Trial trial) {
    String stepSize =
        trial.policy().hasStepSize() ? ", step size " + trial.stepSizeEpochs() + " epochs" : "";
    return trial.policy().label() + stepSize + ", seed " + trial.seed();
  }

  /** Each trial, in order, with those that would be equal to it. */
  private Map<Trial, List<Trial>> groups(int trainExamples) {
    if (trainExamples < batchSize) {
      throw new IllegalArgumentException(
          "batch-size must be <= the number of training examples ("
              + trainExamples
              + "), found "
              + batchSize);
    }
    int most = seeds.size() * ranges.size() * policies.size() * stepSizesEpochs.size();
    String ids = "trial-%0" + Math.max(2, String.valueOf(most).length()) + "d";
    Map<Trial, List<Trial>> groups = new LinkedHashMap<>();
    for (long seed : seeds) {
      Set<Object> withoutLowerBound = new HashSet<>();
      for (TrialRange range : ranges) {
        for (TrialPolicy policy : policies) {
          TrialRange bounds = policy.hasLowerBound() ? range : range.top();
          if (!policy.hasLowerBound() && !withoutLowerBound.add(List.of(policy, bounds))) {
            continue;
          }
          for (double stepSize : stepSizes(policy)) {
            String id = String.format(Locale.ROOT, ids, groups.size() + 1);
            Trial next = trial(id, policy, stepSize, bounds, seed, trainExamples);
            groups.keySet().stream()
                .filter(trial -> areEqual(trial, next))
                .findFirst()
                .ifPresentOrElse(
                    trial -> groups.get(trial).add(next),
                    () -> groups.put(next, new ArrayList<>()));
          }
        }
      }
    }
    return groups;
  }

  private List<Double> stepSizes(TrialPolicy policy) {
    if (policy.hasStepSize()) {
      return stepSizesEpochs;
    }
    return List.of(policy.hasLowerBound() ? epochs / 2.0 : epochs);
  }

  /** Of two methods' ranges that are the same, each has its trial, for the methods' sake. */
  private static boolean areEqual(Trial one, Trial other) {
    if (one.seed() != other.seed()
        || !one.rangeMethod().equals(other.rangeMethod())
        || one.maxLr() != other.maxLr()) {
      return false;
    }
    Schedule rates = one.schedule();
    Schedule others = other.schedule();
    // Different ones differ within the first cycles, as a rule in the first steps.
    return LongStream.range(0, one.steps())
        .allMatch(
            step ->
                rates.learningRate(step) == others.learningRate(step)
                    && rates.momentum(step).equals(others.momentum(step)));
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
        range.method(),
        settings);
  }
}
