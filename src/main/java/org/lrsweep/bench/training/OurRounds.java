package org.lrsweep.bench.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;

/** Rounds of this project's engine. */
final class OurRounds implements MeasuredRounds {
  private final SparkEngine engine;
  private final TrainingRun run;
  private final int batch;
  private final int atOnce;
  private int trained;

  /**
   * @param atOnce rounds asked for at once, at most
   */
  OurRounds(JavaSparkContext spark, BenchNetwork network, int workers, int batch, int atOnce) {
    this.batch = batch;
    this.atOnce = atOnce;
    List<WorkerExamples> shares =
        IntStream.range(0, workers)
            .<WorkerExamples>mapToObj(w -> RandomBatch.of(network, batch / workers, w))
            .toList();
    engine = new SparkEngine(spark, network.spec(), spark.parallelize(shares, workers), 42);
    run = engine.start(TrainingState.of(network.spec().build()));
  }

  @Override
  public long train(double[] learningRates) {
    List<Round> rounds = new ArrayList<>();
    for (double learningRate : learningRates) {
      rounds.add(new Round(trained + rounds.size(), 0, batch, new double[] {learningRate}));
    }
    trained += rounds.size();
    long nanos = 0;
    while (!rounds.isEmpty()) {
      List<RoundResult> results = run.train(rounds.subList(0, Math.min(atOnce, rounds.size())));
      nanos += results.stream().mapToLong(RoundResult::trainingNanos).sum();
      rounds.subList(0, results.size()).clear();
    }
    return nanos;
  }

  @Override
  public void close() {
    run.close();
    engine.close();
  }
}
