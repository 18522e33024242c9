package org.lrsweep.training.exchange;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.util.RpcUtils;
import org.lrsweep.training.exchange.Meetings.Arrival;
import org.lrsweep.training.exchange.Meetings.Impatience;
import org.lrsweep.training.exchange.Meetings.Outcome;
import org.lrsweep.training.exchange.Meetings.Together;
import org.lrsweep.training.exchange.Meetings.TooLate;
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

  /** No limit of Spark's: the meeting point answers, or the driver is gone. */
  private static final RpcTimeout UNTIL_ANSWERED =
      new RpcTimeout(FiniteDuration.apply(365, TimeUnit.DAYS), "lrsweep");

  private final String point;
  private final int stint;
  private int number;
  private transient RpcEndpointRef driver;

  Meeting(String point, int stint) {
    this.point = point;
    this.stint = stint;
  }

  /**
   * Comes to the next meeting and waits for the others.
   *
   * @param task who comes
   * @param word what it says to all
   * @param patience how long it waits for workers that may never have begun; those that came to an
   *     earlier meeting are waited for until they come or are lost
   * @return what all have said, in the workers' order; empty if not all can come, which all who
   *     come to this meeting hear
   * @throws TooLateException if the others have gone on without this worker
   */
  public <T extends Serializable> Optional<List<T>> hearAll(
      TaskContext task, T word, Duration patience) throws TooLateException {
    if (driver == null) {
      SparkEnv spark = SparkEnv.get();
      driver = RpcUtils.makeDriverRef(point, spark.conf(), spark.rpcEnv());
    }
    Future<Outcome> answer =
        driver.ask(
            new Arrival(stint, number, task.partitionId(), word),
            UNTIL_ANSWERED,
            ClassTag$.MODULE$.apply(Outcome.class));
    Outcome outcome = await(answer, task, number == 0 ? patience : null);
    number++;
    if (outcome instanceof TooLate) {
      throw new TooLateException();
    }
    @SuppressWarnings("unchecked") // all workers run the same task
    Optional<List<T>> words =
        outcome instanceof Together together
            ? Optional.of((List<T>) together.words())
            : Optional.empty();
    return words;
  }

  private Outcome await(Future<Outcome> answer, TaskContext task, Duration patience) {
    long begin = System.nanoTime();
    boolean patient = patience != null;
    while (true) {
      try {
        return Await.result(answer, FiniteDuration.apply(1, TimeUnit.SECONDS));
      } catch (TimeoutException e) {
        task.killTaskIfInterrupted();
        if (patient && System.nanoTime() - begin > patience.toNanos()) {
          driver.send(new Impatience(stint, number));
          patient = false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the other workers", e);
      }
    }
  }
}
