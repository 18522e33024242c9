package org.lrsweep.experiment.plan;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.config.WeightsConfig;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Average;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialGrid;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.WeightSettings;
import org.lrsweep.sweep.confirm.Confirmation;

/** What a configuration's trials are: their policies, their ranges, what they keep. */
public final class SweepPlan {
  private final ExperimentConfig config;
  private final List<String> methods;
  private final Policies policies;
  private final WeightSettings weights;

  /**
   * @throws InvalidConfigException if nothing answers to a name
   */
  SweepPlan(ExperimentConfig config) {
    this.config = config;
    methods = methods(config);
    policies = Policies.of(config);
    weights = weights(config.sweep().weights());
  }

  private static List<String> methods(ExperimentConfig config) {
    String finders =
        NamedValue.of("finder.method", config.finder().method(), RangeMethods::of).name();
    List<String> compared = config.sweep().rangeMethods();
    for (String method : compared) {
      if (!method.equals(Confirmation.NAME)) {
        NamedValue.of("sweep.range-methods", method, RangeMethods::of);
      }
    }
    return compared.isEmpty() && config.sweep().maxLrs().isEmpty()
        ? List.of(config.finder().confirm().isPresent() ? Confirmation.NAME : finders)
        : compared;
  }

  private static WeightSettings weights(WeightsConfig weights) {
    return new WeightSettings(
        NamedValue.of("sweep.average", weights.average(), Average::of),
        weights.emaDecay(),
        weights.snapshots() ? weights.lastSnapshots() : 0);
  }

  Policies policies() {
    return policies;
  }

  /** Which weights trials are evaluated with. */
  public WeightSettings weights() {
    return weights;
  }

  /** The methods whose ranges the trials use; empty if the configuration names the bounds. */
  public List<String> rangeMethods() {
    return methods;
  }

  /**
   * The trials on so many training examples, if every method gives a range of its own; their bounds
   * stand for those that are not known yet.
   */
  List<Trial> trials(int examples) {
    List<TrialRange> ranges = new ArrayList<>();
    for (String method : methods) {
      double top = 1 + ranges.size();
      ranges.add(TrialRange.by(method, new LrRange(top / 4, top)));
    }
    ranges.addAll(givenRanges());
    return grid(ranges).trials(examples);
  }

  /** The bounds that the configuration names; empty if the finder is to choose them. */
  public List<LrRange> configuredRanges() {
    List<Double> bases = config.sweep().baseLrs();
    List<LrRange> ranges = new ArrayList<>();
    for (double max : config.sweep().maxLrs()) {
      if (bases.isEmpty()) {
        ranges.add(new LrRange(max, max));
      }
      bases.forEach(base -> ranges.add(new LrRange(base, max)));
    }
    return ranges;
  }

  /** The same, to make trials with. */
  public List<TrialRange> givenRanges() {
    return configuredRanges().stream().map(TrialRange::given).toList();
  }

  /** Whether trials need a range that a finder has chosen. */
  public boolean needsFoundRange() {
    return configuredRanges().isEmpty() || !config.sweep().rangeMethods().isEmpty();
  }

  /** The trials' grid over these ranges. */
  public TrialGrid grid(List<TrialRange> ranges) {
    SweepConfig sweep = config.sweep();
    return new TrialGrid(
        policies.policies(),
        sweep.stepSizesEpochs(),
        ranges,
        sweep.seeds(),
        sweep.gamma(),
        config.batchSize(),
        sweep.epochs(),
        policies.settings());
  }
}
