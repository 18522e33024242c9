package org.lrsweep.bench.training;

/** Rounds of one step on one kind of engine. */
interface MeasuredRounds extends AutoCloseable {

  /**
   * Trains the next rounds.
   *
   * @param learningRates the rate of each one's step
   * @return how long the slowest workers' steps took, added up, in nanoseconds
   */
  long train(double[] learningRates);

  @Override
  void close();
}
