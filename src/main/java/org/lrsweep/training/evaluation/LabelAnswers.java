package org.lrsweep.training.evaluation;

import java.util.Arrays;

/**
 * Answers that say of each of several labels whether it holds.
 *
 * @param counts of each label, how often it was rightly said to hold, wrongly said to hold, wrongly
 *     and rightly said not to hold: [labels][4]
 */
@SuppressWarnings("ArrayRecordComponent") // a small result, never written to once built
public record LabelAnswers(long[][] counts) implements Answers {
  private static final long serialVersionUID = 1L;

  /** The place of true positives. */
  public static final int TRUE_POSITIVE = 0;

  /** The place of false positives. */
  public static final int FALSE_POSITIVE = 1;

  /** The place of false negatives. */
  public static final int FALSE_NEGATIVE = 2;

  /** The place of true negatives. */
  public static final int TRUE_NEGATIVE = 3;

  /** How many places there are. */
  public static final int PLACES = 4;

  /** The place at which an answer counts. */
  public static int place(boolean actual, boolean predicted) {
    if (predicted) {
      return actual ? TRUE_POSITIVE : FALSE_POSITIVE;
    }
    return actual ? FALSE_NEGATIVE : TRUE_NEGATIVE;
  }

  private long sum(int place) {
    return Arrays.stream(counts).mapToLong(label -> label[place]).sum();
  }

  /** The mean over the labels of the share of examples for which the answer is right. */
  @Override
  public double accuracy() {
    long right = sum(TRUE_POSITIVE) + sum(TRUE_NEGATIVE);
    return (double) right / (right + sum(FALSE_POSITIVE) + sum(FALSE_NEGATIVE));
  }

  /** F1 of the answers to all labels together; 0 if no label held or was said to hold. */
  public double microF1() {
    long twice = 2 * sum(TRUE_POSITIVE);
    long all = twice + sum(FALSE_POSITIVE) + sum(FALSE_NEGATIVE);
    return all == 0 ? 0 : (double) twice / all;
  }

  @Override
  public Answers plus(Answers others) {
    long[][] more = Answers.same(LabelAnswers.class, others).counts;
    long[][] sum = new long[counts.length][PLACES];
    for (int label = 0; label < sum.length; label++) {
      for (int place = 0; place < PLACES; place++) {
        sum[label][place] = counts[label][place] + more[label][place];
      }
    }
    return new LabelAnswers(sum);
  }
}
