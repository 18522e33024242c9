package org.lrsweep.training.bench;

/** Rounds of one step, one at a time, on one kind of engine. */
interface MeasuredRounds extends AutoCloseable {

  /**
   * Trains the next round.
   *
   * @param learningRate the rate of its step, another one in each round
   * @return how long the slowest worker's step took, in nanoseconds
   */
  long train(double learningRate);

  @Override
  void close();
}
