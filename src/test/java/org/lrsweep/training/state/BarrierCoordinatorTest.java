package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpoint;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.testing.LocalSpark;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

@ExtendWith(LocalSpark.class)
@Timeout(60)
class BarrierCoordinatorTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final JavaSparkContext spark;

  BarrierCoordinatorTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** What a worker does; the text is what its test sees. */
  private interface Work extends Serializable {
    String of(Barrier barrier, TaskContext task) throws Exception;
  }

  private List<String> run(Barrier barrier, int workers, Work work) {
    Function2<Integer, java.util.Iterator<Integer>, java.util.Iterator<String>> task =
        (partition, unused) -> List.of(work.of(barrier, TaskContext.get())).iterator();
    return spark
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .mapPartitionsWithIndex(task, false)
        .collect();
  }

  @Test
  void whoWaitsIsToldThatAnotherHasGivenUp() {
    try (BarrierCoordinator point = new BarrierCoordinator(spark, 2)) {
      List<String> heard =
          run(
              point.begin(1, TIMEOUT),
              2,
              (barrier, task) -> {
                barrier.allGather(task, "here");
                if (task.partitionId() == 0) {
                  barrier.abort();
                  return "gone";
                }
                return barrier.allGather(task, "here").map(Object::toString).orElse("broken");
              });

      assertThat(heard).containsExactly("gone", "broken");
    }
  }

  @Test
  void workersGatherEachOthersPayloadsInOrderEachTime() {
    try (BarrierCoordinator point = new BarrierCoordinator(spark, 3)) {
      List<String> heard =
          run(
              point.begin(1, TIMEOUT),
              3,
              (barrier, task) -> {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < 100; i++) {
                  String payload = i + "." + task.partitionId();
                  all.append(barrier.allGather(task, payload).get());
                }
                return all.toString();
              });

      String expected =
          IntStream.range(0, 100)
              .mapToObj(i -> "[%1$s.0, %1$s.1, %1$s.2]".formatted(i))
              .reduce("", String::concat);
      assertThat(heard).containsExactly(expected, expected, expected);
    }
  }

  @Test
  void whereAWorkerHasNoSlotThoseWhoCameAreToldAndSoAreThoseWhoComeLater() {
    try (BarrierCoordinator point = new BarrierCoordinator(spark, 3)) {
      Work work =
          (barrier, task) -> {
            Optional<List<String>> payloads = barrier.allGather(task, "I");
            return payloads.isEmpty() ? "broken" : "together";
          };
      Barrier barrier = point.begin(1, Duration.ofMillis(10));

      assertThat(run(barrier, 2, work)).containsExactly("broken", "broken");
      assertThat(run(barrier, 3, work)).containsExactly("broken", "broken", "broken");
    }
  }

  /** As with an executor that is lost and has no successor. */
  @Test
  void whereATaskFailsThoseWhoWaitForItAreTold() {
    try (BarrierCoordinator point = new BarrierCoordinator(spark, 2)) {
      List<String> heard =
          run(
              point.begin(1, TIMEOUT),
              2,
              (barrier, task) -> {
                if (task.partitionId() == 1) {
                  if (task.attemptNumber() == 0) {
                    throw new IllegalStateException("fails by the test");
                  }
                  return "never comes";
                }
                Optional<List<String>> payloads = barrier.allGather(task, "I");
                return payloads.isEmpty() ? "broken" : "together";
              });

      assertThat(heard).containsExactly("broken", "never comes");
    }
  }

  @Test
  void whoComesToTheBarrierOfAnEarlierJobIsTooLate() {
    try (BarrierCoordinator point = new BarrierCoordinator(spark, 2)) {
      Barrier old = point.begin(1, TIMEOUT);
      point.begin(2, TIMEOUT);

      List<String> heard =
          run(
              old,
              1,
              (barrier, task) -> {
                try {
                  return barrier.allGather(task, "I").toString();
                } catch (TooLateException e) {
                  return e.getMessage();
                }
              });

      assertThat(heard).containsExactly("The other workers have gone on without this one");
    }
  }

  /** An endpoint that reads what it is told and never answers. */
  private record Silent(RpcEnv rpcEnv) implements RpcEndpoint {
    private static final class Nothing extends AbstractPartialFunction<Object, BoxedUnit> {
      @Override
      public boolean isDefinedAt(Object message) {
        return true;
      }

      @Override
      public BoxedUnit apply(Object message) {
        return BoxedUnit.UNIT;
      }
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receive() {
      return new Nothing();
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
      return new Nothing();
    }
  }

  @Test
  void aDriverThatNeverAnswersIsNotWaitedForForEver() {
    RpcEnv rpc = SparkEnv.get().rpcEnv();
    RpcEndpointRef silent = rpc.setupEndpoint("silent", new Silent(rpc));
    try {
      List<String> heard =
          run(
              new Barrier("silent", 1, Duration.ofMillis(10), Duration.ofMillis(20)),
              1,
              (barrier, task) -> {
                try {
                  return barrier.allGather(task, "I").toString();
                } catch (IllegalStateException e) {
                  return e.getMessage();
                }
              });

      assertThat(heard)
          .containsExactly(
              "The driver has not answered within 20 ms of being told that workers are missing");
    } finally {
      rpc.stop(silent);
    }
  }
}
