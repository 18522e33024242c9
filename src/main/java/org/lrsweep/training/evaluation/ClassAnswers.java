package org.lrsweep.training.evaluation;

/**
 * Answers that name one class each.
 *
 * @param confusion answers by actual and predicted class, [classes][classes]
 */
@SuppressWarnings("ArrayRecordComponent") // a small result, never written to once built
public record ClassAnswers(long[][] confusion) implements Answers {
  private static final long serialVersionUID = 1L;

  /** How many there are. */
  long count() {
    long total = 0;
    for (long[] row : confusion) {
      for (long count : row) {
        total += count;
      }
    }
    return total;
  }

  @Override
  public double accuracy() {
    long correct = 0;
    for (int i = 0; i < confusion.length; i++) {
      correct += confusion[i][i];
    }
    return (double) correct / count();
  }

  @Override
  public Answers plus(Answers others) {
    long[][] more = Answers.same(ClassAnswers.class, others).confusion;
    long[][] sum = new long[confusion.length][confusion.length];
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[i][j] = confusion[i][j] + more[i][j];
      }
    }
    return new ClassAnswers(sum);
  }
}
