package org.lrsweep.training.evaluation;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * A network's answers to a set of examples.
 *
 * @param examples how many were answered; of sequences, whose every step may be, whole ones
 * @param lossSum sum of the examples' losses by the network's own loss function, without penalties
 * @param answers what they come to
 */
@DefaultSerializer(JavaSerializer.class)
public record Evaluation(long examples, double lossSum, Answers answers) implements Serializable {

  /**
   * A classification.
   *
   * @param confusion examples by actual and predicted class, [classes][classes]
   * @param lossSum sum of the examples' losses
   */
  public Evaluation(long[][] confusion, double lossSum) {
    this(new ClassAnswers(confusion).count(), lossSum, new ClassAnswers(confusion));
  }

  /** Answers by actual and predicted class, [classes][classes]; empty if they name no class. */
  public long[][] confusion() {
    return answers instanceof ClassAnswers classes ? classes.confusion() : new long[0][0];
  }

  /** Share of answers that are right, 0 to 1; NaN of a regression. */
  public double accuracy() {
    return answers.accuracy();
  }

  /** Mean loss of an example. */
  public double loss() {
    return lossSum / examples;
  }

  /**
   * The answers to all parts of a test set, added in their order.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public static Evaluation sum(List<Evaluation> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("The test set must have at least one example, found none");
    }

    Answers answers = null;
    double lossSum = 0;
    long examples = 0;
    for (Evaluation part : parts) {
      answers = answers == null ? part.answers : answers.plus(part.answers);
      lossSum += part.lossSum;
      examples += part.examples;
    }
    return new Evaluation(examples, lossSum, answers);
  }
}
