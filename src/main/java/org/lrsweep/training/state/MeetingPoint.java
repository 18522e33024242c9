package org.lrsweep.training.state;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.lrsweep.training.state.Meetings.Answer;
import org.lrsweep.training.state.Meetings.Arrival;
import org.lrsweep.training.state.Meetings.Impatience;
import org.lrsweep.training.state.Meetings.Outcome;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Where the workers of a run's jobs meet: an endpoint of Spark's RPC on the driver, which answers
 * once all have come. Spark's own barrier does the same, but takes a second for it.
 *
 * <p>No worker waits for ever: where one can't come, since its executor is gone or the cluster has
 * no slot for it, those who came are told, and the job ends with the rounds that all have trained.
 */
public final class MeetingPoint implements AutoCloseable {
  private final JavaSparkContext spark;
  private final RpcEnv rpc;
  private final String name = "lrsweep-" + UUID.randomUUID();
  private final Endpoint endpoint;
  private final Losses losses = new Losses();

  /**
   * Opens a meeting point.
   *
   * @param workers how many meet, {@code >= 2}
   */
  public MeetingPoint(JavaSparkContext spark, int workers) {
    this.spark = spark;
    rpc = SparkEnv.get().rpcEnv();
    endpoint = new Endpoint(rpc, workers);
    rpc.setupEndpoint(name, endpoint);
    spark.sc().addSparkListener(losses);
  }

  /**
   * The meetings of one job; those of jobs before it are over.
   *
   * @param stint the job's number, higher than that of those before
   * @param patience how long who comes to the first meeting waits for workers that may never begin;
   *     those that came to it are waited for later until they come or are lost
   */
  public Meeting begin(int stint, Duration patience) {
    endpoint.begin(stint);
    long seconds = spark.getConf().getTimeAsSeconds("spark.network.timeout", "120s");
    return new Meeting(name, stint, patience, Duration.ofSeconds(seconds));
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(losses);
    rpc.stop(endpoint.self());
  }

  /** Any task that fails and any executor that goes may be a worker that others wait for. */
  private final class Losses extends SparkListener {
    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (!(end.reason() instanceof Success$)) {
        endpoint.breakUp();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      endpoint.breakUp();
    }
  }

  /** Its methods are synchronized, since the driver and the listener call them too. */
  private static final class Endpoint implements ThreadSafeRpcEndpoint {
    private final RpcEnv rpc;
    private final byte[][] words;
    private final RpcCallContext[] waiting;
    private int stint;
    private int meeting;
    private boolean apart;

    Endpoint(RpcEnv rpc, int workers) {
      this.rpc = rpc;
      words = new byte[workers][];
      waiting = new RpcCallContext[workers];
    }

    @Override
    public RpcEnv rpcEnv() {
      return rpc;
    }

    synchronized void begin(int number) {
      answerAll(Answer.of(Outcome.TOO_LATE));
      stint = number;
      meeting = 0;
      apart = false;
    }

    synchronized void breakUp() {
      apart = true;
      answerAll(Answer.of(Outcome.APART));
    }

    private synchronized void arrive(Arrival arrival, RpcCallContext who) {
      if (arrival.stint() != stint || arrival.meeting() < meeting) {
        who.reply(Answer.of(Outcome.TOO_LATE).wire());
        if (arrival.stint() == stint) {
          // A second attempt, so the first is lost: the others would wait for it in vain.
          breakUp();
        }
        return;
      }
      if (apart) {
        who.reply(Answer.of(Outcome.APART).wire());
        return;
      }
      words[arrival.worker()] = arrival.word();
      waiting[arrival.worker()] = who;
      if (Arrays.stream(waiting).allMatch(worker -> worker != null)) {
        meeting++;
        answerAll(new Answer(Outcome.TOGETHER, Arrays.asList(words.clone())));
      }
    }

    private synchronized void tire(Impatience who) {
      if (who.stint() == stint && who.meeting() == meeting) {
        breakUp();
      }
    }

    private void answerAll(Answer answer) {
      Object wire = answer.wire();
      for (int worker = 0; worker < waiting.length; worker++) {
        if (waiting[worker] != null) {
          waiting[worker].reply(wire);
        }
        waiting[worker] = null;
        words[worker] = null;
      }
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receive() {
      return new Handler() {
        @Override
        void handle(Object message) {
          tire(Impatience.read(message));
        }
      };
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
      return new Handler() {
        @Override
        void handle(Object message) {
          arrive(Arrival.read(message), context);
        }
      };
    }
  }

  private abstract static class Handler extends AbstractPartialFunction<Object, BoxedUnit> {
    abstract void handle(Object message);

    @Override
    public boolean isDefinedAt(Object message) {
      return true;
    }

    @Override
    public BoxedUnit apply(Object message) {
      handle(message);
      return BoxedUnit.UNIT;
    }
  }
}
