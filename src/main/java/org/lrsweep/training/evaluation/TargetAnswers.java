package org.lrsweep.training.evaluation;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Answers that are numbers, one for each of several targets.
 *
 * @param targets the sums of each
 */
@SuppressWarnings("ArrayRecordComponent") // a small result, never written to once built
public record TargetAnswers(Target[] targets) implements Answers {
  private static final long serialVersionUID = 1L;

  /**
   * The sums of one target.
   *
   * @param count of answers
   * @param squared sum of the squared errors
   * @param absolute sum of the errors without their signs
   * @param mean of the actual numbers
   * @param deviations sum of their squared distances to the mean
   * @see <a href="https://doi.org/10.2307/2683386">Chan, Golub and LeVeque, 1983: Algorithms for
   *     Computing the Sample Variance</a>
   */
  public record Target(long count, double squared, double absolute, double mean, double deviations)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    /** No answer yet. */
    public static final Target NONE = new Target(0, 0, 0, 0, 0);

    /** One answer more. */
    public Target plus(double actual, double predicted) {
      double error = predicted - actual;
      return plus(new Target(1, error * error, Math.abs(error), actual, 0));
    }

    Target plus(Target more) {
      if (count == 0 || more.count == 0) {
        return count == 0 ? more : this;
      }
      double apart = more.mean - mean;
      double all = (double) count + more.count;
      return new Target(
          count + more.count,
          squared + more.squared,
          absolute + more.absolute,
          mean + apart * more.count / all,
          deviations + more.deviations + apart * apart * count * more.count / all);
    }
  }

  /** No answers yet. */
  public static TargetAnswers none(int targets) {
    Target[] none = new Target[targets];
    Arrays.fill(none, Target.NONE);
    return new TargetAnswers(none);
  }

  @Override
  public double accuracy() {
    return Double.NaN;
  }

  /** The root of the mean squared error; the mean of the targets'. */
  public double rmse() {
    return mean(target -> Math.sqrt(target.squared / target.count));
  }

  /** The mean absolute error; the mean of the targets'. */
  public double mae() {
    return mean(target -> target.absolute / target.count);
  }

  /**
   * The coefficient of determination, the mean of the targets'; NaN if the actual numbers of one
   * are all the same.
   */
  public double r2() {
    return mean(
        target -> target.deviations > 0 ? 1 - target.squared / target.deviations : Double.NaN);
  }

  private double mean(ToDoubleFunction<Target> each) {
    double sum = 0;
    for (Target target : targets) {
      sum += each.applyAsDouble(target);
    }
    return sum / targets.length;
  }

  @Override
  public Answers plus(Answers others) {
    Target[] more = Answers.same(TargetAnswers.class, others).targets;
    Target[] sum = new Target[targets.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = targets[i].plus(more[i]);
    }
    return new TargetAnswers(sum);
  }
}
