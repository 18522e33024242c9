package org.lrsweep.training.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.lrsweep.network.TrainingState;

/** The ways in which rounds are trained and averaged on Spark; the bits are the same. */
public enum Transport {
  /** Several rounds to a job, states from worker to worker: what users want. */
  FAST {
    @Override
    RoundTransport open(RunContext run, TrainingState initial, RoundPace pace) {
      return new FastTransport(run, initial, pace);
    }
  },

  /**
   * A job for each round, states through the driver, nothing but Spark's public API: for a Spark
   * under which the fast way fails, and to compare with.
   */
  PLAIN {
    @Override
    RoundTransport open(RunContext run, TrainingState initial, RoundPace pace) {
      return new PlainTransport(run, initial);
    }
  };

  /** The property of Spark's that chooses: {@code fast}, the default, or {@code plain}. */
  public static final String PROPERTY = "spark.lrsweep.transport";

  /** Begins a run. */
  abstract RoundTransport open(RunContext run, TrainingState initial, RoundPace pace);

  /**
   * The way that Spark's properties ask for.
   *
   * @throws IllegalArgumentException if {@link #PROPERTY} is no name of one
   */
  public static Transport of(SparkConf conf) {
    String name = conf.get(PROPERTY, FAST.key());
    return Arrays.stream(values())
        .filter(transport -> transport.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    PROPERTY
                        + " must be "
                        + Arrays.stream(values())
                            .map(Transport::key)
                            .collect(Collectors.joining(" or "))
                        + ", found "
                        + name));
  }

  /** Its name, as {@link #PROPERTY} and the table {@code runs} have it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
