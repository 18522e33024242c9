package org.lrsweep.bench.training;

import java.util.ArrayList;
import java.util.List;

/** Milliseconds of one engine's rounds, one number a turn: the mean of its rounds. */
final class TurnTimes {
  private final int rounds;
  private final List<Double> whole = new ArrayList<>();
  private final List<Double> training = new ArrayList<>();
  private final List<Double> overhead = new ArrayList<>();

  /**
   * @param rounds of a turn
   */
  TurnTimes(int rounds) {
    this.rounds = rounds;
  }

  int rounds() {
    return rounds;
  }

  void record(double wholeMs, double trainingMs) {
    whole.add(wholeMs / rounds);
    training.add(trainingMs / rounds);
    overhead.add((wholeMs - trainingMs) / rounds);
  }

  RoundsResult result(
      String network, long parameters, RoundsEngine engine, int workers, int batch) {
    return new RoundsResult(
        network,
        parameters,
        engine,
        workers,
        batch,
        whole.size() * rounds,
        quantile(whole, 0.5),
        quantile(training, 0.5),
        quantile(overhead, 0.5),
        quantile(overhead, 0.9));
  }

  private static double quantile(List<Double> values, double share) {
    return values.stream()
        .sorted()
        .skip(Math.round(share * (values.size() - 1)))
        .findFirst()
        .orElseThrow();
  }
}
