package org.lrsweep.training.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.TrainingState;

/**
 * Times rounds of one step on Spark, on the same data, network and workers for each engine. The
 * engines take turns round by round, so that a busy moment of the machine hits all alike.
 */
public final class RoundsBench {
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
      Map<RoundsEngine, Times> times = new EnumMap<>(RoundsEngine.class);
      engines.forEach(engine -> times.put(engine, new Times(count)));
      int warmUp = (count + 1) / 2;
      for (int round = -warmUp; round < count; round++) {
        for (RoundsEngine engine : engines) {
          train(started.get(engine), round, times.get(engine));
        }
      }
      long parameters = TrainingState.of(network.spec().build()).parameters().length;
      return engines.stream()
          .map(engine -> times.get(engine).result(network.label(), parameters, engine, this))
          .toList();
    } finally {
      started.values().forEach(MeasuredRounds::close);
    }
  }

  private static void train(MeasuredRounds engine, int round, Times times) {
    double learningRate = 1e-4 * (1 + Math.abs(round) % 7);
    long start = System.nanoTime();
    long training = engine.train(learningRate);
    long whole = System.nanoTime() - start;
    if (round >= 0) {
      times.record(round, whole / 1e6, training / 1e6);
    }
  }

  /** Milliseconds of one engine's rounds. */
  private static final class Times {
    private final double[] whole;
    private final double[] training;
    private final double[] overhead;

    Times(int rounds) {
      whole = new double[rounds];
      training = new double[rounds];
      overhead = new double[rounds];
    }

    void record(int round, double wholeMs, double trainingMs) {
      whole[round] = wholeMs;
      training[round] = trainingMs;
      overhead[round] = wholeMs - trainingMs;
    }

    RoundsResult result(String network, long parameters, RoundsEngine engine, RoundsBench bench) {
      return new RoundsResult(
          network,
          parameters,
          engine,
          bench.workers,
          bench.batch,
          whole.length,
          quantile(whole, 0.5),
          quantile(training, 0.5),
          quantile(overhead, 0.5),
          quantile(overhead, 0.9));
    }

    private static double quantile(double[] values, double share) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
  }
}
