package org.lrsweep.training.evaluation;

import java.io.Serializable;

/**
 * What a network's answers to a set of examples come to: sums that parts of a set add up to, in
 * whatever parts it is answered.
 */
public sealed interface Answers extends Serializable
    permits ClassAnswers, LabelAnswers, TargetAnswers {

  /** The share of answers that are right, 0 to 1; NaN of numbers, which are never quite right. */
  double accuracy();

  /**
   * These and others, of another part of the same set.
   *
   * @throws IllegalArgumentException if the others are of another kind
   */
  Answers plus(Answers others);

  /** The others as answers of a kind. */
  static <A extends Answers> A same(Class<A> kind, Answers others) {
    if (!kind.isInstance(others)) {
      throw new IllegalArgumentException(
          "Answers of one set must be of one kind, found "
              + kind.getSimpleName()
              + " and "
              + others.getClass().getSimpleName());
    }
    return kind.cast(others);
  }
}
