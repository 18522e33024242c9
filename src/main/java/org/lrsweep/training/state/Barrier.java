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
import org.lrsweep.training.state.BarrierMessages.Abort;
import org.lrsweep.training.state.BarrierMessages.Answer;
import org.lrsweep.training.state.BarrierMessages.Arrival;
import org.lrsweep.training.state.BarrierMessages.Outcome;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/**
 * A worker's side of the barrier of one job, which it passes again and again, each time with a
 * payload that all workers get to know. Travels with the job; every task has its own.
 *
 * <p>Not thread-safe.
 */
public final class Barrier implements Serializable {
  private static final long serialVersionUID = 1;

  /** No limit of Spark's: the others may have hours to train. */
  private static final RpcTimeout UNTIL_ANSWERED =
      new RpcTimeout(FiniteDuration.apply(365, TimeUnit.DAYS), "lrsweep");

  private final String coordinator;
  private final int job;
  private final Duration timeout;
  private final Duration answerLimit;

  /** How often it has been passed. */
  private int generation;

  private transient RpcEndpointRef driver;

  /**
   * @param coordinator the name of its endpoint on the driver
   * @param timeout how long to wait for workers that may never begin
   * @param answerLimit how long the driver may then take to answer
   */
  Barrier(String coordinator, int job, Duration timeout, Duration answerLimit) {
    this.coordinator = coordinator;
    this.job = job;
    this.timeout = timeout;
    this.answerLimit = answerLimit;
  }

  /**
   * Waits for all workers and gathers their payloads.
   *
   * @param task who waits
   * @param payload for all workers
   * @return all workers' payloads, in their order; empty, to all of them, if the barrier is broken
   * @throws TooLateException if the others have gone on without this worker
   */
  public <T extends Serializable> Optional<List<T>> allGather(TaskContext task, T payload)
      throws TooLateException {
    if (driver == null) {
      SparkEnv spark = SparkEnv.get();
      driver = RpcUtils.makeDriverRef(coordinator, spark.conf(), spark.rpcEnv());
    }
    Future<Object> coming =
        driver.ask(
            new Arrival(job, generation, task.partitionId(), bytes(payload)).wire(),
            UNTIL_ANSWERED,
            ClassTag$.MODULE$.Object());
    Answer answer = Answer.read(await(coming, task));
    generation++;
    if (answer.outcome() == Outcome.TOO_LATE) {
      throw new TooLateException();
    }
    @SuppressWarnings("unchecked") // all workers run the same task
    List<T> payloads =
        answer.allAlike()
            ? nCopies(answer.payloads().size(), (T) payload(answer.payloads().get(0)))
            : answer.payloads().stream().map(bytes -> (T) payload(bytes)).toList();
    return answer.outcome() == Outcome.COMPLETE ? Optional.of(payloads) : Optional.empty();
  }

  /**
   * Aborts the barrier: whoever waits at it, or comes to it later, finds it broken. One that this
   * worker never came to breaks by itself, when the others have waited long enough.
   */
  public void abort() {
    if (driver != null) {
      driver.send(new Abort(job, generation).wire());
    }
  }

  private static byte[] bytes(Serializable payload) {
    ByteBuffer serialized = serializer().serialize(payload, ClassTag$.MODULE$.Object());
    byte[] bytes = new byte[serialized.remaining()];
    serialized.get(bytes);
    return bytes;
  }

  /** By the task's class loader, which knows the application's jar. */
  private static Object payload(byte[] bytes) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return serializer().deserialize(ByteBuffer.wrap(bytes), loader, ClassTag$.MODULE$.Object());
  }

  private static SerializerInstance serializer() {
    return SparkEnv.get().closureSerializer().newInstance();
  }

  private Object await(Future<Object> answer, TaskContext task) {
    long begin = System.nanoTime();
    boolean mayAbort = generation == 0;
    while (true) {
      try {
        return Await.result(answer, FiniteDuration.apply(1, TimeUnit.SECONDS));
      } catch (TimeoutException e) {
        task.killTaskIfInterrupted();
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        if (mayAbort && waited.compareTo(timeout) > 0) {
          abort();
          mayAbort = false;
        }
        if (generation == 0 && waited.compareTo(timeout.plus(answerLimit)) > 0) {
          throw new IllegalStateException(
              "The driver has not answered within %s ms of being told that workers are missing"
                  .formatted(answerLimit.toMillis()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the other workers", e);
      }
    }
  }
}
