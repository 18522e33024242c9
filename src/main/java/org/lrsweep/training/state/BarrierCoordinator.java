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
import org.lrsweep.training.state.BarrierMessages.Abort;
import org.lrsweep.training.state.BarrierMessages.Answer;
import org.lrsweep.training.state.BarrierMessages.Arrival;
import org.lrsweep.training.state.BarrierMessages.Outcome;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's side of the barriers of a run's jobs: an endpoint of Spark's RPC, which answers once
 * all workers have arrived. Spark's own barrier does the same, but takes a second for it.
 *
 * <p>No worker waits for ever: where one can't arrive, since its executor is gone or the cluster
 * has no slot for it, the barrier is broken, and the job ends with the rounds that all have
 * trained.
 */
public final class BarrierCoordinator implements AutoCloseable {
  private final JavaSparkContext spark;
  private final RpcEnv rpc;
  private final String name = "lrsweep-" + UUID.randomUUID();
  private final Endpoint endpoint;
  private final Losses losses = new Losses();

  /**
   * Registers the endpoint.
   *
   * @param workers how many a barrier waits for, {@code >= 2}
   */
  public BarrierCoordinator(JavaSparkContext spark, int workers) {
    this.spark = spark;
    rpc = SparkEnv.get().rpcEnv();
    endpoint = new Endpoint(rpc, workers);
    rpc.setupEndpoint(name, endpoint);
    spark.sc().addSparkListener(losses);
  }

  /**
   * The barrier of a job; those of jobs before it are over.
   *
   * @param job the job's number, higher than that of those before
   * @param timeout how long the first to arrive waits for workers that may never begin; those that
   *     have begun are waited for later until they arrive or are lost
   */
  public Barrier begin(int job, Duration timeout) {
    endpoint.begin(job);
    long seconds = spark.getConf().getTimeAsSeconds("spark.network.timeout", "120s");
    return new Barrier(name, job, timeout, Duration.ofSeconds(seconds));
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
        endpoint.breakBarrier();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      endpoint.breakBarrier();
    }
  }

  /** Its methods are synchronized, since the driver and the listener call them too. */
  private static final class Endpoint implements ThreadSafeRpcEndpoint {
    private final RpcEnv rpc;
    private final byte[][] payloads;
    private final RpcCallContext[] waiting;
    private int job;
    private int generation;
    private boolean broken;

    Endpoint(RpcEnv rpc, int workers) {
      this.rpc = rpc;
      payloads = new byte[workers][];
      waiting = new RpcCallContext[workers];
    }

    @Override
    public RpcEnv rpcEnv() {
      return rpc;
    }

    synchronized void begin(int number) {
      answerAll(Answer.of(Outcome.TOO_LATE));
      job = number;
      generation = 0;
      broken = false;
    }

    synchronized void breakBarrier() {
      broken = true;
      answerAll(Answer.of(Outcome.BROKEN));
    }

    private synchronized void arrive(Arrival arrival, RpcCallContext who) {
      if (arrival.job() != job || arrival.generation() < generation) {
        who.reply(Answer.of(Outcome.TOO_LATE).wire());
        if (arrival.job() == job) {
          // A second attempt, so the first is lost: the others would wait for it in vain.
          breakBarrier();
        }
        return;
      }
      if (broken) {
        who.reply(Answer.of(Outcome.BROKEN).wire());
        return;
      }
      payloads[arrival.worker()] = arrival.payload();
      waiting[arrival.worker()] = who;
      if (Arrays.stream(waiting).allMatch(worker -> worker != null)) {
        generation++;
        answerAll(new Answer(Outcome.COMPLETE, Arrays.asList(payloads.clone())));
      }
    }

    private synchronized void abort(Abort who) {
      if (who.job() == job && who.generation() == generation) {
        breakBarrier();
      }
    }

    private void answerAll(Answer answer) {
      Object wire = answer.wire();
      for (int worker = 0; worker < waiting.length; worker++) {
        if (waiting[worker] != null) {
          waiting[worker].reply(wire);
        }
        waiting[worker] = null;
        payloads[worker] = null;
      }
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receive() {
      return new Handler() {
        @Override
        void handle(Object message) {
          abort(Abort.read(message));
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
