package org.lrsweep.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A curve that is not what a range test should leave, beside the curve that it should have been.
 */
record HurtCurve(Curve hurt, Curve clean) {

  /** What may happen to a curve, and what its answer must then say. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  enum Hurt {
    MISSING("a loss of 2 to 20 is missing", "no finite loss and were skipped", HurtCurve::missing),
    INFINITE(
        "a loss of 50 is infinite, amid finite ones",
        "no finite loss and were skipped",
        HurtCurve::infinite),
    EXPLODED("NaN from somewhere after the floor on", "upper bound is", HurtCurve::exploded),
    NEGATIVE("all losses below 0", "upper bound is", seed -> mapped(seed, loss -> loss - 20)),
    HUGE("losses near 1e300", "upper bound is", seed -> mapped(seed, loss -> loss * 1e299)),
    TINY("losses near 1e-300", "upper bound is", seed -> mapped(seed, loss -> loss * 1e-300)),
    UNSORTED("the points shuffled", "have been sorted", HurtCurve::unsorted),
    REPEATED("rates of two digits, so repeated", "more than once", HurtCurve::repeated),
    WARM_UP("the first rates are 0", "at learning rate 0 were left out", HurtCurve::warmUp),
    QUIET_START(
        "the valley 5 to 20 times as noisy as the start",
        "upper bound is",
        seed -> noise(seed, 0.02, 0.1 + 0.3 * new Random(seed).nextDouble())),
    NOISY_START(
        "the start 2 to 6 times as noisy as the valley",
        "upper bound is",
        seed -> noise(seed, 0.04 + 0.08 * new Random(seed).nextDouble(), 0.02)),
    VERY_NOISY_START(
        "the start 10 to 20 times as noisy as the valley",
        "as far as the noise lets it be seen",
        seed -> noise(seed, 0.2 + 0.2 * new Random(seed).nextDouble(), 0.02)),
    TWO_VALLEYS("a second valley", "falls a second time", HurtCurve::twoValleys),
    IN_THE_FALL("begins in the fall", "the lower bound is not known", HurtCurve::inTheFall),
    CONSTANT("one loss throughout", "never really falls", seed -> mapped(seed, loss -> 2.3)),
    OSCILLATING(
        "3 to 12 waves", "falls and rises again|never really falls", HurtCurve::oscillating),
    NO_TURN("not turned, the last loss missing", "has not turned", HurtCurve::noTurn);

    private final String meaning;
    private final String reason;
    private final Function<Long, HurtCurve> drawn;

    Hurt(String meaning, String reason, Function<Long, HurtCurve> drawn) {
      this.meaning = meaning;
      this.reason = reason;
      this.drawn = drawn;
    }

    String meaning() {
      return meaning;
    }

    /** Words of the right reasons. */
    List<String> reasons() {
      return List.of(reason.split("\\|"));
    }

    /** Whether the curve tells enough to find where its fall begins. */
    boolean tellsLowerBound() {
      return this != IN_THE_FALL && this != VERY_NOISY_START;
    }

    boolean hasRange() {
      return compareTo(CONSTANT) < 0;
    }

    HurtCurve draw(long seed) {
      return drawn.apply(seed);
    }
  }

  private static SyntheticCurve tutorial(long seed) {
    int points = 1_000 + new Random(seed).nextInt(1_800);
    return new SyntheticCurve(SyntheticCurve.TUTORIAL).points(points).seed(seed);
  }

  private static HurtCurve mapped(long seed, Function<Double, Double> hurt) {
    Curve clean = tutorial(seed).curve();
    double[] losses = Arrays.stream(clean.losses()).map(hurt::apply).toArray();
    return new HurtCurve(Curve.of(clean.lrs(), losses), noiseless(seed));
  }

  /** What every tutorial's curve should have been. */
  private static Curve noiseless(long seed) {
    return tutorial(seed).noise(0).curve();
  }

  private static HurtCurve missing(long seed) {
    return sprinkled(seed, 1.0 / (2 + new Random(seed).nextInt(19)), Double.NaN);
  }

  private static HurtCurve infinite(long seed) {
    return sprinkled(seed, 0.02, Double.POSITIVE_INFINITY);
  }

  private static HurtCurve sprinkled(long seed, double part, double value) {
    Random random = new Random(seed);
    Curve clean = tutorial(seed).curve();
    double[] losses = clean.losses();
    for (int i = 0; i < losses.length - 1; i++) {
      losses[i] = random.nextDouble() < part ? value : losses[i];
    }
    return new HurtCurve(Curve.of(clean.lrs(), losses), noiseless(seed));
  }

  private static HurtCurve exploded(long seed) {
    Random random = new Random(seed);
    Curve clean = tutorial(seed).curve();
    double[] losses = clean.losses();
    double from = Math.pow(10, -0.9 + random.nextDouble());
    for (int i = 0; i < losses.length; i++) {
      losses[i] = clean.lr(i) > from ? Double.NaN : losses[i];
    }
    return new HurtCurve(Curve.of(clean.lrs(), losses), noiseless(seed));
  }

  private static HurtCurve unsorted(long seed) {
    Random random = new Random(seed);
    Curve clean = tutorial(seed).curve();
    double[] lr = clean.lrs();
    double[] losses = clean.losses();
    for (int i = lr.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      swap(lr, i, other);
      swap(losses, i, other);
    }
    return new HurtCurve(Curve.of(lr, losses), noiseless(seed));
  }

  private static void swap(double[] values, int one, int other) {
    double value = values[one];
    values[one] = values[other];
    values[other] = value;
  }

  private static HurtCurve repeated(long seed) {
    Curve clean = tutorial(seed).curve();
    double[] rounded =
        Arrays.stream(clean.lrs())
            .map(lr -> Double.parseDouble(Reasons.text("%.1e", lr)))
            .toArray();
    return new HurtCurve(Curve.of(rounded, clean.losses()), clean);
  }

  private static HurtCurve warmUp(long seed) {
    Curve clean = tutorial(seed).curve();
    int zeros = 2 + new Random(seed).nextInt(20);
    double[] lr = new double[clean.size() + zeros];
    double[] losses = new double[clean.size() + zeros];
    Arrays.fill(losses, 9);
    System.arraycopy(clean.lrs(), 0, lr, zeros, clean.size());
    System.arraycopy(clean.losses(), 0, losses, zeros, clean.size());
    return new HurtCurve(Curve.of(lr, losses), noiseless(seed));
  }

  private static HurtCurve noise(long seed, double start, double valley) {
    double[][] noise = {{-10, start}, {-5, start}, {-3, valley}, {1, valley}};
    return new HurtCurve(tutorial(seed).noise(noise).curve(), noiseless(seed));
  }

  private static HurtCurve twoValleys(long seed) {
    double second = 0.3 + 0.6 * new Random(seed).nextDouble();
    double[][] twice = {
      {-10, 2.3},
      {-6, 2.3},
      {-5, 2.25},
      {-4, 1.4},
      {-3.5, 0.9},
      {-2.5, 0.9},
      {-1.5, 2.2},
      {-1, 2.2},
      {0, second},
      {0.4, second},
      {1, 6}
    };
    double[][] once = Arrays.copyOf(twice, 9);
    once[8] = new double[] {0, 10};
    return new HurtCurve(
        tutorial(seed, twice).withoutStop().curve(),
        tutorial(seed, once).noise(0).withoutStop().curve());
  }

  private static SyntheticCurve tutorial(long seed, double[][] knots) {
    return new SyntheticCurve(knots).points(1_000 + new Random(seed).nextInt(1_800)).seed(seed);
  }

  private static HurtCurve inTheFall(long seed) {
    double from = -4.5 + new Random(seed).nextDouble();
    return new HurtCurve(tutorial(seed).decades(from, 1).curve(), noiseless(seed));
  }

  private static HurtCurve oscillating(long seed) {
    Random random = new Random(seed);
    Curve clean = tutorial(seed).curve();
    double period = clean.size() / (3.0 + 9 * random.nextDouble());
    double phase = 2 * Math.PI * random.nextDouble();
    double height = 0.1 + random.nextDouble();
    double[] losses = new double[clean.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] =
          2.3
              + height * Math.sin(phase + 2 * Math.PI * i / period)
              + 0.1 * height * random.nextGaussian();
    }
    return new HurtCurve(Curve.of(clean.lrs(), losses), noiseless(seed));
  }

  private static HurtCurve noTurn(long seed) {
    Curve clean = tutorial(seed, SyntheticCurve.NEVER_TURNS).curve();
    double[] losses = clean.losses();
    losses[losses.length - 1] = Double.NaN;
    return new HurtCurve(Curve.of(clean.lrs(), losses), noiseless(seed));
  }
}
