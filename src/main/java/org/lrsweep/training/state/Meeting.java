package org.lrsweep.training.state;

import static java.util.Collections.nCopies;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.util.RpcUtils;
import org.lrsweep.training.state.Meetings.Answer;
import org.lrsweep.training.state.Meetings.Arrival;
import org.lrsweep.training.state.Meetings.Impatience;
import org.lrsweep.training.state.Meetings.Outcome;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/**
 * How the workers of one job meet: each says something to all, and goes on when it has heard all
 * the others. Travels with the job; every task has its own.
 *
 * <p>Not thread-safe.
 */
public final class Meeting implements Serializable {
  private static final long serialVersionUID = 1;

  /** No limit of Spark's: the others may have hours to train. */
  private static final RpcTimeout UNTIL_ANSWERED =
      new RpcTimeout(FiniteDuration.apply(365, TimeUnit.DAYS), "lrsweep");

  private final String point;
  private final int stint;
  private final Duration patience;
  private final Duration answerLimit;
  private int number;
  private transient RpcEndpointRef driver;

  /**
   * @param patience how long to wait for workers that may never begin
   * @param answerLimit how long the driver may then take to answer
   */
  Meeting(String point, int stint, Duration patience, Duration answerLimit) {
    this.point = point;
    this.stint = stint;
    this.patience = patience;
    this.answerLimit = answerLimit;
  }

  /**
   * Comes to the next meeting and waits for the others.
   *
   * @param task who comes
   * @param word what it says to all
   * @return what all have said, in the workers' order; empty if not all can come, which all who
   *     come to this meeting hear
   * @throws TooLateException if the others have gone on without this worker
   */
  public <T extends Serializable> Optional<List<T>> hearAll(TaskContext task, T word)
      throws TooLateException {
    if (driver == null) {
      SparkEnv spark = SparkEnv.get();
      driver = RpcUtils.makeDriverRef(point, spark.conf(), spark.rpcEnv());
    }
    Future<Object> coming =
        driver.ask(
            new Arrival(stint, number, task.partitionId(), bytes(word)).wire(),
            UNTIL_ANSWERED,
            ClassTag$.MODULE$.Object());
    Answer answer = Answer.read(await(coming, task));
    number++;
    if (answer.outcome() == Outcome.TOO_LATE) {
      throw new TooLateException();
    }
    @SuppressWarnings("unchecked") // all workers run the same task
    List<T> words =
        answer.allAlike()
            ? nCopies(answer.words().size(), (T) word(answer.words().get(0)))
            : answer.words().stream().map(bytes -> (T) word(bytes)).toList();
    return answer.outcome() == Outcome.TOGETHER ? Optional.of(words) : Optional.empty();
  }

  /** Has all who wait at the next meeting told that not all will come to it. */
  public void giveUp() {
    driver.send(new Impatience(stint, number).wire());
  }

  private static byte[] bytes(Serializable word) {
    ByteBuffer serialized = serializer().serialize(word, ClassTag$.MODULE$.Object());
    byte[] bytes = new byte[serialized.remaining()];
    serialized.get(bytes);
    return bytes;
  }

  /** By the task's class loader, which knows the application's jar. */
  private static Object word(byte[] bytes) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return serializer().deserialize(ByteBuffer.wrap(bytes), loader, ClassTag$.MODULE$.Object());
  }

  private static SerializerInstance serializer() {
    return SparkEnv.get().closureSerializer().newInstance();
  }

  private Object await(Future<Object> answer, TaskContext task) {
    long begin = System.nanoTime();
    boolean patient = number == 0;
    while (true) {
      try {
        return Await.result(answer, FiniteDuration.apply(1, TimeUnit.SECONDS));
      } catch (TimeoutException e) {
        task.killTaskIfInterrupted();
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        if (patient && waited.compareTo(patience) > 0) {
          giveUp();
          patient = false;
        }
        if (number == 0 && waited.compareTo(patience.plus(answerLimit)) > 0) {
          throw new IllegalStateException(
              "The driver has not answered within %d ms of being told that workers are missing"
                  .formatted(answerLimit.toMillis()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the other workers", e);
      }
    }
  }
}
