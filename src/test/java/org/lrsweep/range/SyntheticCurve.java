package org.lrsweep.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.finder.RangeTest;

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
  private double noise = 0.08;
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
    this.noise = noise;
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
    RangeTest test = new RangeTest(RangeTest.DEFAULT_BETA, RangeTest.DEFAULT_STOP_FACTOR);
    List<FinderStep> steps = new ArrayList<>();
    for (int i = 0; i < points && !test.isStopped(); i++) {
      double x = from + (to - from) * i / points;
      double mean = level(x);
      steps.add(
          test.record(
              Math.pow(10, x), mean + noise * Math.sqrt(mean / 2.3) * random.nextGaussian()));
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

  private double level(double x) {
    for (int i = 1; i < knots.length; i++) {
      if (x <= knots[i][0]) {
        double part = (x - knots[i - 1][0]) / (knots[i][0] - knots[i - 1][0]);
        return knots[i - 1][1] + part * (knots[i][1] - knots[i - 1][1]);
      }
    }
    return knots[knots.length - 1][1];
  }
}
