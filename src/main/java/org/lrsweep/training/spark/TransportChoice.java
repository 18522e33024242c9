package org.lrsweep.training.spark;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.network.TrainingState;

/**
 * The transport that the runs of a context take: the one that {@link Transport#PROPERTY} asks for,
 * or the plain one where the fast one does not work. Whether it does is tried when a context is
 * first asked for, and said once.
 *
 * <p>Thread-safe.
 */
public final class TransportChoice {
  /** Of what knows no run: a context's entry goes with the context. */
  private static final Map<SparkContext, Decision> DECISIONS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Decision decision;
  private final Consumer<String> notices;

  /** What was decided for a context; only the fast way may be given up later. */
  private static final class Decision {
    private Transport transport;
    private Optional<String> reason = Optional.empty();

    Decision(Transport transport) {
      this.transport = transport;
    }

    synchronized Transport transport() {
      return transport;
    }

    synchronized Optional<String> reason() {
      return reason;
    }

    /** Whether it was the fast way until now. */
    synchronized boolean giveUpFast(String why) {
      if (transport == Transport.PLAIN) {
        return false;
      }
      transport = Transport.PLAIN;
      reason = Optional.of(why);
      return true;
    }
  }

  /**
   * @param notices takes the sentence that says that the fast way does not work
   */
  TransportChoice(Transport transport, Consumer<String> notices) {
    this(new Decision(transport), notices);
  }

  private TransportChoice(Decision decision, Consumer<String> notices) {
    this.decision = decision;
    this.notices = notices;
  }

  /**
   * The choice of a context, which stays: only the fast way may be given up later.
   *
   * @param notices takes the sentence that says that the fast way does not work, if that is found
   *     out by this run
   * @throws IllegalArgumentException if {@link Transport#PROPERTY} is no name of a transport
   */
  public static TransportChoice of(JavaSparkContext spark, Consumer<String> notices) {
    synchronized (DECISIONS) {
      Decision known = DECISIONS.get(spark.sc());
      if (known != null) {
        return new TransportChoice(known, notices);
      }
      TransportChoice made = new TransportChoice(Transport.of(spark.getConf()), notices);
      if (made.transport() == Transport.FAST) {
        FastProbe.refusal(spark).ifPresent(made::giveUpFast);
      }
      DECISIONS.put(spark.sc(), made.decision);
      return made;
    }
  }

  /** The transport of runs that begin now. */
  public Transport transport() {
    return decision.transport();
  }

  /** Why it is the plain one where the fast one was asked for; empty if it isn't. */
  public Optional<String> reason() {
    return decision.reason();
  }

  /**
   * Has runs take the plain way from now on.
   *
   * @param why a phrase
   */
  void giveUpFast(String why) {
    if (decision.giveUpFast(why)) {
      notices.accept(
          "rounds take Spark's plain transport, which gives the same results but is slower, since"
              + " the fast one does not work here: "
              + why);
    }
  }

  /** Begins a run. */
  RoundTransport open(RunContext run, TrainingState initial, RoundPace pace) {
    return transport() == Transport.FAST
        ? new FallbackTransport(run, initial, pace, this::giveUpFast)
        : Transport.PLAIN.open(run, initial, pace);
  }
}
