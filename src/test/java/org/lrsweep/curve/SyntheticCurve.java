package org.lrsweep.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.StopRule;

/**
 * A range test without a network: losses on straight lines between knots along the decimal
 * logarithm of the learning rate, with noise that is proportional to the root of the loss.
 */
public final class SyntheticCurve {

  /** What the tutorial's author describes, from 1e-10 to 1e+1. */
  static final double[][] TUTORIAL = {
    {-10, 2.30},
    {-6, 2.30},
    {-5, 2.25},
    {-4, 1.9},
    {-3, 0.9},
    {-2, 0.55},
    {-1, 0.75},
    {0, 1.4},
    {1, 10}
  };

  static final double[][] NEVER_FALLS = {{-10, 2.3}, {1, 2.3}};
  static final double[][] ONLY_RISES = {{-10, 2.3}, {-2, 2.3}, {1, 9.0}};
  static final double[][] NEVER_TURNS = {{-10, 2.3}, {-5, 2.3}, {-2, 0.5}, {1, 0.5}};

  private final double[][] knots;
  private int points = 2_814;
  private double from = -10;
  private double to = 1;
  private DoubleBinaryOperator noise = proportionalToTheRoot(0.08);
  private double stopFactor = StopRule.DEFAULT_STOP_FACTOR;
  private long seed = 1;

  public SyntheticCurve(double[][] knots) {
    this.knots = knots;
  }

  /** The curve of {@link #TUTORIAL}. */
  public static SyntheticCurve ofTheTutorial() {
    return new SyntheticCurve(TUTORIAL);
  }

  public SyntheticCurve points(int points) {
    this.points = points;
    return this;
  }

  /** The standard deviation of a loss of 2.3. */
  SyntheticCurve noise(double noise) {
    this.noise = proportionalToTheRoot(noise);
    return this;
  }

  /** The standard deviations of losses, between knots along the logarithm of the rate. */
  SyntheticCurve noise(double[][] knots) {
    noise = (place, mean) -> level(knots, place);
    return this;
  }

  private static DoubleBinaryOperator proportionalToTheRoot(double noise) {
    return (place, mean) -> noise * Math.sqrt(mean / 2.3);
  }

  /** Goes on to the last rate, however much the loss rises. */
  SyntheticCurve withoutStop() {
    stopFactor = Double.POSITIVE_INFINITY;
    return this;
  }

  public SyntheticCurve seed(long seed) {
    this.seed = seed;
    return this;
  }

  SyntheticCurve decades(double from, double to) {
    this.from = from;
    this.to = to;
    return this;
  }

  /** The steps of a test with the tutorial's constants, as far as it goes. */
  public List<FinderStep> steps() {
    Random random = new Random(seed);
    StopRule test = new StopRule(StopRule.DEFAULT_BETA, stopFactor);
    List<FinderStep> steps = new ArrayList<>();
    for (int i = 0; i < points && !test.isStopped(); i++) {
      double x = from + (to - from) * i / points;
      double mean = level(knots, x);
      steps.add(
          test.record(
              Math.pow(10, x), mean + noise.applyAsDouble(x, mean) * random.nextGaussian()));
    }
    return steps;
  }

  Curve curve() {
    List<FinderStep> steps = steps();
    return new Curve(
        steps.stream().mapToDouble(FinderStep::lr).toArray(),
        steps.stream().mapToDouble(FinderStep::loss).toArray(),
        steps.stream().mapToDouble(FinderStep::smoothedLoss).toArray());
  }

  /** The loss without noise at a decimal logarithm of the learning rate. */
  static double level(double[][] knots, double x) {
    for (int i = 1; i < knots.length; i++) {
      if (x <= knots[i][0]) {
        double part = (x - knots[i - 1][0]) / (knots[i][0] - knots[i - 1][0]);
        return knots[i - 1][1] + part * (knots[i][1] - knots[i - 1][1]);
      }
    }
    return knots[knots.length - 1][1];
  }
}
