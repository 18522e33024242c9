package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.lrsweep.training.state.Barrier;
import org.lrsweep.training.state.BlockRef;
import org.lrsweep.training.state.ExchangeProbe;
import org.lrsweep.training.state.NeededSpark;

/**
 * Whether the fast way of training works on a context: whether the driver's and each executor's
 * Spark have what it calls, and whether tasks can make a small exchange by it. Two or three jobs
 * without work, with a task for each slot.
 *
 * <p>A task answers with what is wrong instead of failing: Spark would repeat it and fill the log.
 * Executors that come later are not asked; {@link FallbackTransport} is for them.
 */
final class FastProbe {
  private static final String NONE = "";

  private final JavaSparkContext spark;
  private final JavaRDD<Integer> tasks;
  private final int count;

  private FastProbe(JavaSparkContext spark) {
    this.spark = spark;
    count = Slots.of(spark);
    tasks = spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  /** Why the fast way can't be taken, in a phrase; empty if it can. */
  static Optional<String> refusal(JavaSparkContext spark) {
    Optional<String> missing = NeededSpark.missing();
    if (missing.isPresent()) {
      return missing;
    }
    try {
      return JobTitle.during(spark, "probe: whether the fast transport works", () -> probe(spark));
    } catch (LinkageError | Exception e) {
      // Spark throws its checked exceptions undeclared.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return Optional.of(said(e));
    }
  }

  private static Optional<String> probe(JavaSparkContext spark) {
    FastProbe probe = new FastProbe(spark);
    // Names first: a task of the exchange can't even be read where a class is missing.
    Optional<String> missing = problem(probe.tasks.map(new AskForNames()).collect());
    return missing.isPresent() ? missing : probe.exchange();
  }

  private Optional<String> exchange() {
    try (ExchangeProbe probe = new ExchangeProbe(spark, count)) {
      List<Met> met = tasks.map(new Meet(probe.barrier(), probe.owner())).collect();
      Optional<String> problem = problem(met.stream().map(Met::problem).toList());
      if (problem.isPresent() || spark.sc().isLocal()) {
        return problem;
      }
      List<BlockRef> blocks = met.stream().map(Met::block).toList();
      problem = problem(tasks.map(new FetchNext(blocks)).collect());
      return problem.isPresent() ? problem : fetched(blocks);
    }
  }

  /** To the driver, which reads states too. */
  private static Optional<String> fetched(List<BlockRef> blocks) {
    // One after the other: where none can be reached, the first one tells after its time limit.
    return IntStream.range(0, blocks.size())
        .filter(i -> i == firstOf(blocks.get(i), blocks))
        .mapToObj(i -> fetch(blocks.get(i)))
        .filter(answer -> !answer.equals(NONE))
        .findFirst();
  }

  /** The first block that lies where one does. */
  private static int firstOf(BlockRef block, List<BlockRef> blocks) {
    return IntStream.range(0, blocks.size())
        .filter(i -> blocks.get(i).holder().equals(block.holder()))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> problem(List<String> answers) {
    return answers.stream().filter(answer -> !answer.equals(NONE)).findFirst();
  }

  @SuppressWarnings("CatchThrowable") // whatever it is, it is the answer
  private static String fetch(BlockRef block) {
    try {
      ExchangeProbe.fetch(block);
      return NONE;
    } catch (Throwable e) {
      return said(e);
    }
  }

  private static String said(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "a trial exchange failed: "
        + cause.toString().lines().findFirst().orElse(cause.getClass().getName());
  }

  private record AskForNames() implements Function<Integer, String> {
    @Override
    public String call(Integer task) {
      return NeededSpark.missing().orElse(NONE);
    }
  }

  /**
   * What has come of a task's exchange.
   *
   * @param block what it stored; null if it could not
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Met(BlockRef block, String problem) implements Serializable {}

  private record Meet(Barrier barrier, long owner) implements Function<Integer, Met> {
    @Override
    @SuppressWarnings("CatchThrowable") // whatever it is, it is the answer
    public Met call(Integer task) {
      try {
        return new Met(ExchangeProbe.meet(barrier, owner, TaskContext.get()), NONE);
      } catch (Throwable e) {
        return new Met(null, said(e));
      }
    }
  }

  /** Each task reads what the next one has stored; those of one JVM too, by the network. */
  private record FetchNext(List<BlockRef> blocks) implements Function<Integer, String> {
    @Override
    public String call(Integer task) {
      return fetch(Objects.requireNonNull(blocks.get((task + 1) % blocks.size())));
    }
  }
}
