package org.lrsweep.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Metrics against those of scikit-learn 1.2.1, by Python:
 *
 * <pre>
 * y = [[1,0,1],[0,1,0],[1,1,0],[0,0,1],[0,0,0]]; p = [[1,0,0],[0,1,1],[1,0,0],[0,0,1],[1,0,0]]
 * f1_score(y, p, average="micro"), (np.array(y) == p).mean()
 * t = [[151,3.5],[75,-1],[141,.25],[206,2]]; q = [[160,3],[70.5,0],[139,.5],[180,2.5]]
 * np.sqrt(mean_squared_error(t, q, multioutput="raw_values")).mean()
 * mean_absolute_error(t, q), r2_score(t, q)
 * </pre>
 */
class AnswersTest {
  private static final int[][] HOLD = {{1, 0, 1}, {0, 1, 0}, {1, 1, 0}, {0, 0, 1}, {0, 0, 0}};
  private static final int[][] SAID = {{1, 0, 0}, {0, 1, 1}, {1, 0, 0}, {0, 0, 1}, {1, 0, 0}};
  private static final double[][] ACTUAL = {{151, 3.5}, {75, -1}, {141, 0.25}, {206, 2}};
  private static final double[][] PREDICTED = {{160, 3}, {70.5, 0}, {139, 0.5}, {180, 2.5}};

  private static LabelAnswers labels(int from, int to) {
    long[][] counts = new long[3][4];
    for (int i = from; i < to; i++) {
      for (int label = 0; label < 3; label++) {
        counts[label][LabelAnswers.place(HOLD[i][label] == 1, SAID[i][label] == 1)]++;
      }
    }
    return new LabelAnswers(counts);
  }

  private static TargetAnswers numbers(int from, int to) {
    TargetAnswers answers = TargetAnswers.none(2);
    for (int i = from; i < to; i++) {
      for (int k = 0; k < 2; k++) {
        answers.targets()[k] = answers.targets()[k].plus(ACTUAL[i][k], PREDICTED[i][k]);
      }
    }
    return answers;
  }

  @Test
  void severalLabelsAreJudgedByMicroF1AndTheMeanAccuracy() {
    LabelAnswers all = (LabelAnswers) labels(0, 2).plus(labels(2, 5));

    assertThat(all.microF1()).isEqualTo(0.6666666666666666);
    assertThat(all.accuracy()).isEqualTo(0.7333333333333333);
    assertThat(new LabelAnswers(new long[][] {{0, 0, 0, 5}}).microF1()).isZero();
  }

  @Test
  void numbersAreJudgedByTheirErrorsInWhateverPartsTheyCome() {
    for (int cut = 0; cut <= 4; cut++) {
      TargetAnswers all = (TargetAnswers) numbers(0, cut).plus(numbers(cut, 4));

      assertThat(all.rmse()).isCloseTo(7.300212429686843, within(1e-12));
      assertThat(all.mae()).isCloseTo(5.46875, within(1e-12));
      assertThat(all.r2()).isCloseTo(0.8879626889240613, within(1e-12));
      assertThat(all.accuracy()).isNaN();
    }
  }

  @Test
  void numbersThatAreAllTheSameHaveNoR2() {
    TargetAnswers same = TargetAnswers.none(1);
    same.targets()[0] = same.targets()[0].plus(3, 4).plus(3, 2);

    assertThat(same.r2()).isNaN();
    assertThat(same.rmse()).isEqualTo(1);
  }

  @Test
  void answersOfOneSetAreOfOneKind() {
    List<Evaluation> parts =
        List.of(new Evaluation(5, 1, labels(0, 5)), new Evaluation(4, 1, numbers(0, 4)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.sum(parts))
        .withMessage(
            "Answers of one set must be of one kind, found LabelAnswers and TargetAnswers");
  }
}
