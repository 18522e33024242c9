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
class MeetingPointTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JavaSparkContext spark;

  MeetingPointTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** What a worker does; the text is what its test sees. */
  private interface Work extends Serializable {
    String of(Meeting meeting, TaskContext task) throws Exception;
  }

  private List<String> run(Meeting meeting, int workers, Work work) {
    Function2<Integer, java.util.Iterator<Integer>, java.util.Iterator<String>> task =
        (partition, unused) -> List.of(work.of(meeting, TaskContext.get())).iterator();
    return spark
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .mapPartitionsWithIndex(task, false)
        .collect();
  }

  @Test
  void whoWaitsIsToldThatAnotherHasGivenUp() {
    try (MeetingPoint point = new MeetingPoint(spark, 2)) {
      List<String> heard =
          run(
              point.begin(1, PATIENCE),
              2,
              (meeting, task) -> {
                meeting.hearAll(task, "here");
                if (task.partitionId() == 0) {
                  meeting.giveUp();
                  return "gone";
                }
                return meeting.hearAll(task, "here").map(Object::toString).orElse("apart");
              });

      assertThat(heard).containsExactly("gone", "apart");
    }
  }

  @Test
  void workersHearEachOthersWordsInOrderAtEveryMeeting() {
    try (MeetingPoint point = new MeetingPoint(spark, 3)) {
      List<String> heard =
          run(
              point.begin(1, PATIENCE),
              3,
              (meeting, task) -> {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < 100; i++) {
                  String word = i + "." + task.partitionId();
                  all.append(meeting.hearAll(task, word).get());
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
    try (MeetingPoint point = new MeetingPoint(spark, 3)) {
      Work work =
          (meeting, task) -> {
            Optional<List<String>> words = meeting.hearAll(task, "I");
            return words.isEmpty() ? "apart" : "together";
          };
      Meeting meeting = point.begin(1, Duration.ofMillis(10));

      assertThat(run(meeting, 2, work)).containsExactly("apart", "apart");
      assertThat(run(meeting, 3, work)).containsExactly("apart", "apart", "apart");
    }
  }

  /** As with an executor that is lost and has no successor. */
  @Test
  void whereATaskFailsThoseWhoWaitForItAreTold() {
    try (MeetingPoint point = new MeetingPoint(spark, 2)) {
      List<String> heard =
          run(
              point.begin(1, PATIENCE),
              2,
              (meeting, task) -> {
                if (task.partitionId() == 1) {
                  if (task.attemptNumber() == 0) {
                    throw new IllegalStateException("fails by the test");
                  }
                  return "never comes";
                }
                Optional<List<String>> words = meeting.hearAll(task, "I");
                return words.isEmpty() ? "apart" : "together";
              });

      assertThat(heard).containsExactly("apart", "never comes");
    }
  }

  @Test
  void whoComesToAMeetingThatIsOverIsTooLate() {
    try (MeetingPoint point = new MeetingPoint(spark, 2)) {
      Meeting old = point.begin(1, PATIENCE);
      point.begin(2, PATIENCE);

      List<String> heard =
          run(
              old,
              1,
              (meeting, task) -> {
                try {
                  return meeting.hearAll(task, "I").toString();
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
              new Meeting("silent", 1, Duration.ofMillis(10), Duration.ofMillis(20)),
              1,
              (meeting, task) -> {
                try {
                  return meeting.hearAll(task, "I").toString();
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
