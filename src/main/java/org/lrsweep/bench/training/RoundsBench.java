package org.lrsweep.bench.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.EngineRun;

/**
 * TurnTimes rounds of one step on Spark, on the same data, network and workers for each engine. The
 * engines take turns of some rounds each, so that a busy moment of the machine hits all alike.
 */
public final class RoundsBench {
  /** Rounds of a turn at most: as many as the range test asks for at once. */
  private static final int LONGEST_TURN = EngineRun.ROUNDS_AT_ONCE;

  /** Turns that the measured rounds are divided into, at least. */
  private static final int TURNS = 6;

  private final JavaSparkContext spark;
  private final List<RoundsEngine> engines;
  private final int workers;
  private final int batch;
  private final OptionalInt rounds;

  /**
   * @param spark where the rounds run
   * @param engines what trains them
   * @param workers tasks that share a batch, {@code >= 1}
   * @param batch examples of a step over all workers, a multiple of {@code workers}
   * @param rounds rounds to time, {@code >= 1}; empty for as many as the network suggests. Half as
   *     many come before them.
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RoundsBench(
      JavaSparkContext spark,
      List<RoundsEngine> engines,
      int workers,
      int batch,
      OptionalInt rounds) {
    if (workers < 1 || batch < 1 || batch % workers != 0) {
      throw new IllegalArgumentException(
          "workers must be >= 1 and the batch a multiple of them, found "
              + workers
              + " workers and a batch of "
              + batch);
    }
    if (rounds.isPresent() && rounds.getAsInt() < 1) {
      throw new IllegalArgumentException("rounds must be >= 1, found " + rounds.getAsInt());
    }
    this.spark = spark;
    this.engines = List.copyOf(engines);
    this.workers = workers;
    this.batch = batch;
    this.rounds = rounds;
  }

  /** Measures one network; one result an engine. */
  public List<RoundsResult> measure(BenchNetwork network) {
    Map<RoundsEngine, MeasuredRounds> started = new EnumMap<>(RoundsEngine.class);
    try {
      for (RoundsEngine engine : engines) {
        started.put(engine, engine.start(spark, network, workers, batch));
      }
      int count = rounds.orElse(network.rounds());
      int turn = Math.max(1, Math.min(LONGEST_TURN, count / TURNS));
      int turns = (count + turn - 1) / turn;
      Map<RoundsEngine, TurnTimes> times = new EnumMap<>(RoundsEngine.class);
      engines.forEach(engine -> times.put(engine, new TurnTimes(turn)));
      for (int number = -(turns + 1) / 2; number < turns; number++) {
        for (RoundsEngine engine : engines) {
          train(started.get(engine), number, times.get(engine));
        }
      }
      long parameters = TrainingState.of(network.spec().build()).parameters().length;
      return engines.stream()
          .map(
              engine ->
                  times.get(engine).result(network.label(), parameters, engine, workers, batch))
          .toList();
    } finally {
      started.values().forEach(MeasuredRounds::close);
    }
  }

  private static void train(MeasuredRounds engine, int turn, TurnTimes times) {
    double[] learningRates = new double[times.rounds()];
    Arrays.setAll(learningRates, round -> 1e-4 * (1 + round % 7));
    long start = System.nanoTime();
    long training = engine.train(learningRates);
    long whole = System.nanoTime() - start;
    if (turn >= 0) {
      times.record(whole / 1e6, training / 1e6);
    }
  }
}
