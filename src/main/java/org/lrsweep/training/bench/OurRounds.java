package org.lrsweep.training.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.TrainingRun;
import org.lrsweep.training.TrainingState;
import org.lrsweep.training.WorkerExamples;

/** Rounds of this project's engine. */
final class OurRounds implements MeasuredRounds {
  private final RoundEngine engine;
  private final TrainingRun run;
  private final int batch;
  private int rounds;

  OurRounds(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
    this.batch = batch;
    List<WorkerExamples> shares =
        IntStream.range(0, workers)
            .<WorkerExamples>mapToObj(w -> RandomBatch.of(network, batch / workers, w))
            .toList();
    engine = new RoundEngine(spark, network.spec(), spark.parallelize(shares, workers), 42);
    run = engine.start(TrainingState.of(network.spec().build()));
  }

  @Override
  public long train(double learningRate) {
    return run.train(new Round(rounds++, 0, batch, new double[] {learningRate})).trainingNanos();
  }

  @Override
  public void close() {
    run.close();
    engine.close();
  }
}
