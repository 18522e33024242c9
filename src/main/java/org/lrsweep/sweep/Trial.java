package org.lrsweep.sweep;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lrsweep.schedule.Schedule;

/**
 * One CLR run to be made.
 *
 * @param id names it within the sweep; letters, digits and dashes
 * @param policy how the learning rate moves between its bounds
 * @param stepSizeEpochs half a cycle in epochs: of one_cycle half of all epochs, and all of them
 *     where nothing cycles
 * @param stepSizeSteps half a cycle in steps, {@code >= 1}
 * @param baseLr lower bound, {@code > 0}; of constant and linear, which have none, the upper one
 * @param maxLr upper bound, {@code >= baseLr}
 * @param gamma of exp_range
 * @param batchSize examples in one step over all workers
 * @param epochs passes over the training set, {@code >= 1}
 * @param stepsPerEpoch steps of a pass, {@code >= 1}
 * @param seed of initial parameters, the order of the examples, augmentation and dropout
 * @param rangeMethod the range method that chose the bounds; empty if a user did
 * @param settings what single policies take besides
 */
public record Trial(
    String id,
    TrialPolicy policy,
    double stepSizeEpochs,
    long stepSizeSteps,
    double baseLr,
    double maxLr,
    double gamma,
    int batchSize,
    int epochs,
    int stepsPerEpoch,
    long seed,
    Optional<String> rangeMethod,
    PolicySettings settings) {
  private static final Pattern LENGTH = Pattern.compile(", epochs=(\\d+), ");
  private static final Pattern STEP_SIZES =
      Pattern.compile(", stepSizeEpochs=[^,]+, stepSizeSteps=[^,]+");

  /** A trial with the policies' default settings. */
  public Trial(
      String id,
      TrialPolicy policy,
      double stepSizeEpochs,
      long stepSizeSteps,
      double baseLr,
      double maxLr,
      double gamma,
      int batchSize,
      int epochs,
      int stepsPerEpoch,
      long seed,
      Optional<String> rangeMethod) {
    this(
        id,
        policy,
        stepSizeEpochs,
        stepSizeSteps,
        baseLr,
        maxLr,
        gamma,
        batchSize,
        epochs,
        stepsPerEpoch,
        seed,
        rangeMethod,
        PolicySettings.defaults());
  }

  /** How many steps the trial has. */
  public long steps() {
    return (long) epochs * stepsPerEpoch;
  }

  /** The learning rate of each step, and of one_cycle the momentum. */
  public Schedule schedule() {
    return policy.schedule(this);
  }

  /**
   * What a checkpoint tells its trial by. Policies that know no settings leave them out, so that
   * checkpoints of versions before there were any are still theirs.
   */
  String identity() {
    boolean hasSettings = policy == TrialPolicy.ONE_CYCLE || policy == TrialPolicy.COSINE_RESTARTS;
    return hasSettings ? toString() : toString().replace(", settings=" + settings, "");
  }

  /** The same trial by another id. */
  public Trial named(String otherId) {
    return with(otherId, epochs);
  }

  /** The same trial of another length, which trains the same steps as far as both go. */
  Trial lasting(int otherEpochs) {
    return with(id, otherEpochs);
  }

  private Trial with(String otherId, int otherEpochs) {
    return new Trial(
        otherId,
        policy,
        stepSizeEpochs,
        stepSizeSteps,
        baseLr,
        maxLr,
        gamma,
        batchSize,
        otherEpochs,
        stepsPerEpoch,
        seed,
        rangeMethod,
        settings);
  }

  /**
   * How many epochs a trial had that this one goes on with.
   *
   * @param identity of the other one; see {@link #identity}
   * @return empty if it is another trial, or a longer one, or if its rates depend on its length
   */
  OptionalInt epochsOf(String identity) {
    Matcher length = LENGTH.matcher(identity);
    if (!length.find()) {
      return OptionalInt.empty();
    }
    int others = Integer.parseInt(length.group(1));
    boolean goesOn =
        others <= epochs
            && policy.isOpenEnded()
            && comparable(lasting(others).identity()).equals(comparable(identity));
    return goesOn ? OptionalInt.of(others) : OptionalInt.empty();
  }

  /** Step sizes of policies without any are those of their lengths. */
  private String comparable(String identity) {
    return policy.hasStepSize() ? identity : STEP_SIZES.matcher(identity).replaceFirst("");
  }

  /**
   * Whether a trial may rest after an epoch: where a cycle ends with it, or where no cycle ends
   * with any epoch before the last.
   */
  boolean restsAfter(int epoch) {
    NavigableSet<Long> ends = cycleEnds();
    boolean hasAny =
        policy.hasStepSize()
            && ends.headSet(steps()).stream().anyMatch(end -> end % stepsPerEpoch == 0);
    return !hasAny || ends.contains((long) epoch * stepsPerEpoch);
  }

  /** After how many steps cycles end; none for linear and constant, the last for one_cycle. */
  NavigableSet<Long> cycleEnds() {
    NavigableSet<Long> ends = new TreeSet<>();
    if (policy == TrialPolicy.ONE_CYCLE) {
      ends.add(steps());
    } else if (policy.hasStepSize()) {
      double growth = policy == TrialPolicy.COSINE_RESTARTS ? settings.restartGrowth() : 1;
      long end = 0;
      for (int cycle = 0; end <= steps(); cycle++) {
        end += Math.round(2 * stepSizeSteps * Math.pow(growth, cycle));
        ends.add(end);
      }
      ends = new TreeSet<>(ends.headSet(steps(), true));
    }
    return ends;
  }
}
