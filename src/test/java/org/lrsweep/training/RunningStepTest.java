package org.lrsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.dataset.DataSet;

/** What a round tells while it runs. */
@ExtendWith(LocalSpark.class)
class RunningStepTest {
  private static final int BATCH = 12;
  private static final double[] RATES = {0.1, 0.2, 0.05, 0.4};

  /** Counted down when the listener has heard of the third step. */
  private static final CountDownLatch HEARD = new CountDownLatch(1);

  private final JavaSparkContext spark;

  RunningStepTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Gives out the fourth minibatch only when the driver knows of the third. */
  private record Waiting(ArrayExamples examples) implements WorkerExamples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public DataSet minibatch(int epoch, int from, int count) {
      try {
        if (from == 3 * BATCH && !HEARD.await(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("The driver heard nothing of the third step");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return examples.minibatch(epoch, from, count);
    }
  }

  @Test
  void theDriverHearsOfStepsWhileTheirRoundStillRuns() {
    ComputationGraphConfiguration network = TestNetworks.dense(new Momentum(1, 0.9));
    WorkerExamples examples = new Waiting(ArrayExamples.random(RATES.length * BATCH, 1));
    Queue<RunningStep> heard = new ConcurrentLinkedQueue<>();

    try (SparkEngine engine =
            new SparkEngine(
                spark, NetworkSpec.of(network), spark.parallelize(List.of(examples), 1), 3);
        TrainingRun run = engine.start(TrainingState.of(NetworkSpec.of(network).build()))) {
      engine.onRunningStep(
          step -> {
            heard.add(step);
            if (step.step() == 2) {
              HEARD.countDown();
            }
          });
      List<RoundResult.TrainedStep> steps = run.train(new Round(0, 0, BATCH, RATES)).steps();

      double mean = steps.stream().limit(3).mapToDouble(s -> s.loss()).average().orElseThrow();
      assertThat(heard).contains(new RunningStep(2, 0.05, mean));
    }
  }
}
