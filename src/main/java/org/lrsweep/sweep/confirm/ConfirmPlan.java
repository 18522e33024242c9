package org.lrsweep.sweep.confirm;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lrsweep.curve.Floor;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialPolicy;

/**
 * What is tried, and for how long.
 *
 * @param ranges one a rung, the lowest upper bound first; at least two
 * @param cycle how long each is trained before it is judged
 * @param stepsPerEpoch of the training set
 * @param batchSize examples in a step over all workers
 * @param seed of the parameters that all of them start from, and of the order of the examples
 */
public record ConfirmPlan(
    List<LrRange> ranges, ShortCycle cycle, int stepsPerEpoch, int batchSize, long seed) {

  /** As descent has it, where a curve leaves no room for a range. */
  private static final double LEAST_RATIO = 4;

  /**
   * A ladder on a floor.
   *
   * @param lowest the lower bound of every rung whose upper one is at least four times that; of the
   *     others it is a quarter of the upper one
   * @param rungs how many, {@code >= 2}
   */
  public static ConfirmPlan of(
      Floor floor,
      double lowest,
      int rungs,
      ShortCycle cycle,
      int stepsPerEpoch,
      int batchSize,
      long seed) {
    List<LrRange> ranges =
        floor.ladder(rungs).stream()
            .map(bound -> new LrRange(Math.min(lowest, bound / LEAST_RATIO), bound))
            .toList();
    return new ConfirmPlan(ranges, cycle, stepsPerEpoch, batchSize, seed);
  }

  public ConfirmPlan {
    ranges = List.copyOf(ranges);
    new Halving(ranges.size());
  }

  /** How they are halved. */
  public Halving halving() {
    return new Halving(ranges.size());
  }

  /**
   * Every rung as the trial that it would be if it were kept to the end, the lowest bound first.
   */
  public List<Trial> trials() {
    return trials(ranges.size(), halving().cycles());
  }

  /**
   * As many trials as are trained in a cycle, of that cycle alone, to judge how long it takes.
   *
   * @param cycle 1-based
   */
  public List<Trial> oneCycle(int cycle) {
    return trials(halving().trained(cycle), 1);
  }

  private List<Trial> trials(int rungs, int cycles) {
    double epochs = (double) cycle.steps() / stepsPerEpoch;
    return IntStream.range(0, rungs)
        .mapToObj(
            rung ->
                new Trial(
                    "confirm-" + (rung + 1),
                    TrialPolicy.TRIANGULAR,
                    epochs / 2,
                    Math.max(1, cycle.steps() / 2),
                    ranges.get(rung).baseLr(),
                    ranges.get(rung).maxLr(),
                    1,
                    batchSize,
                    cycle.parts() * cycles,
                    cycle.stepsPerPart(),
                    seed,
                    Optional.empty()))
        .toList();
  }
}
