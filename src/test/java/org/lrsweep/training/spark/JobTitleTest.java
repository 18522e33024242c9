package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.ReplayListenerBus;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.util.JsonProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;

@ExtendWith(LocalSpark.class)
class JobTitleTest {

  /** Spark's own reader of event logs, which the history server uses, has to understand them. */
  @Test
  void theEventLogTellsWhichStepsAJobTrained(JavaSparkContext spark) throws Exception {
    JsonLog log = new JsonLog();
    spark.sc().addSparkListener(log);
    ArrayExamples examples = ArrayExamples.random(24, 1);
    List<WorkerExamples> shares =
        IntStream.range(0, 2).<WorkerExamples>mapToObj(w -> examples.share(w, 2, 12)).toList();
    NetworkSpec network = NetworkSpec.of(TestNetworks.dense(new Momentum(1, 0.9)));
    spark.setJobDescription("my-run trial-01");
    try (SparkEngine engine = new SparkEngine(spark, network, spark.parallelize(shares, 2), 3);
        SparkEvaluator evaluator =
            new SparkEvaluator(spark, network, spark.parallelize(shares, 2));
        TrainingRun run = engine.start(TrainingState.of(network.build()))) {
      run.train(new Round(0, 0, 12, new double[] {0.1}));
      run.train(new Round(1, 0, 12, new double[] {0.1, 0.2}));
      evaluator.evaluate(run.state());

      assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("my-run trial-01");
    } finally {
      spark.setJobDescription(null);
      spark.sc().listenerBus().waitUntilEmpty();
      spark.sc().removeSparkListener(log);
    }

    assertThat(log.replayedDescriptions())
        .contains(
            "my-run trial-01: epoch 1, step 0",
            "my-run trial-01: epoch 2, steps 1 to 2",
            "my-run trial-01: evaluation after 3 steps");
  }

  /** Writes events as the event log does. */
  private static final class JsonLog extends SparkListener {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      lines.add(JsonProtocol.sparkEventToJsonString(job));
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      lines.add(JsonProtocol.sparkEventToJsonString(job));
    }

    List<String> replayedDescriptions() {
      List<String> descriptions = new ArrayList<>();
      ReplayListenerBus bus = new ReplayListenerBus();
      bus.addListener(
          new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
              descriptions.add(job.properties().getProperty("spark.job.description"));
            }
          });
      String text = lines.stream().collect(Collectors.joining("\n"));
      bus.replay(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "log", false, x -> true);
      return descriptions;
    }
  }
}
