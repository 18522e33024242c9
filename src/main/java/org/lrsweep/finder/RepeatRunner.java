package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.lrsweep.finder.Repeats.Repeat;
import org.lrsweep.training.ParallelRuns;

/** Runs range tests that differ in their seeds only, side by side. */
public final class RepeatRunner {
  /** Hears how repeated range tests end, in the order of their numbers, on the caller's thread. */
  public interface Listener {

    /** A test was successful. */
    default void ended(Repeat test) {}

    /**
     * A test has thrown. It is left out if this returns; what this throws instead breaks off all.
     *
     * @param number of the test, 0-based
     */
    default void failed(int number, Throwable cause) {}
  }

  private final int repeats;
  private final int atOnce;
  private final Listener listener;
  private final Runnable cancelJobs;

  /**
   * @param repeats how many tests, {@code >= 1}
   * @param atOnce how many of them at the same time, {@code >= 1}, each on a thread of its own
   * @param cancelJobs makes the tests fail that are at work, where the rest is broken off
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public RepeatRunner(int repeats, int atOnce, Listener listener, Runnable cancelJobs) {
    this.repeats = atLeastOne("repeats", repeats);
    this.atOnce = atLeastOne("atOnce", atOnce);
    this.listener = listener;
    this.cancelJobs = cancelJobs;
  }

  static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, found " + value);
    }
    return value;
  }

  /**
   * Runs all tests. One that throws is left out, as long as another one is successful.
   *
   * @param test runs the test of a number, 0-based
   * @throws RuntimeException what the last test threw, if all have thrown
   */
  public Repeats run(IntFunction<FinderResult> test) {
    try (ParallelRuns<FinderResult> runs =
        new ParallelRuns<>(Math.min(repeats, atOnce), cancelJobs)) {
      List<Future<FinderResult>> running = new ArrayList<>();
      for (int repeat = 0; repeat < repeats; repeat++) {
        int number = repeat;
        running.add(runs.submit(() -> test.apply(number)));
      }
      return collected(running);
    }
  }

  private Repeats collected(List<Future<FinderResult>> running) {
    List<Repeat> tests = new ArrayList<>();
    Throwable failure = null;
    for (int number = 0; number < running.size(); number++) {
      try {
        Repeat ended = new Repeat(number, running.get(number).get());
        tests.add(ended);
        listener.ended(ended);
      } catch (ExecutionException e) {
        failure = e.getCause();
        listener.failed(number, failure);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The range test was interrupted", e);
      }
    }
    if (tests.isEmpty()) {
      throw brokenOff(failure);
    }
    return new Repeats(tests);
  }

  /** Spark throws its checked SparkException undeclared. */
  private static RuntimeException brokenOff(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("The range test failed: " + failure, failure);
  }
}
