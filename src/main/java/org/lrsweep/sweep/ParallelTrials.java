package org.lrsweep.sweep;

import java.util.function.IntSupplier;

/**
 * How many trials of a sweep run at the same time, asked again and again while they run, since
 * slots come and go. No trial that has begun is given up where they become fewer: Spark has trials
 * take turns, job by job, and fewer begin. Results are the same whatever the number.
 *
 * <p>Thread-safe if what it asks is.
 */
public final class ParallelTrials {
  private enum Rule {
    AS_MANY_AS_PLACES,
    TURNS_AT_THE_END,
    MORE_THAN_PLACES
  }

  private final IntSupplier places;
  private final Rule rule;

  private ParallelTrials(IntSupplier places, Rule rule) {
    this.places = places;
    this.rule = rule;
  }

  /**
   * Always so many.
   *
   * @param trials {@code >= 1}
   * @throws IllegalArgumentException if it is less
   */
  public static ParallelTrials fixed(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException("parallelTrials must be >= 1, found " + trials);
    }
    return following(() -> trials);
  }

  /**
   * As many as there is room for; for trials of several workers, which wait for each other and so
   * can't take turns.
   *
   * @param places how many trials there is room for by now; below 1 it means 1
   */
  public static ParallelTrials following(IntSupplier places) {
    return new ParallelTrials(places, Rule.AS_MANY_AS_PLACES);
  }

  /**
   * As many as there is room for; but once fewer than twice as many are left, all of them, which
   * take turns until they end together. Else most places would be empty while the last trials are
   * trained: of 200 trials on 64 places for a quarter of the sweep.
   *
   * @param places how many trials of one worker there is room for by now; below 1 it means 1
   */
  public static ParallelTrials takingTurns(IntSupplier places) {
    return new ParallelTrials(places, Rule.TURNS_AT_THE_END);
  }

  /**
   * Twice as many as there is room for, which take turns; for Spark's dynamic allocation, which
   * brings executors for tasks that wait, and none for trials that don't begin.
   *
   * @param places how many trials of one worker there is room for by now; below 1 it means 1
   */
  public static ParallelTrials ahead(IntSupplier places) {
    return new ParallelTrials(places, Rule.MORE_THAN_PLACES);
  }

  /**
   * How many may run at the same time by now, {@code >= 1}.
   *
   * @param left trials that have not ended, {@code >= 1}
   */
  public int atOnce(int left) {
    int room = room();
    return switch (rule) {
      case AS_MANY_AS_PLACES -> Math.min(left, room);
      case TURNS_AT_THE_END -> left < 2L * room ? left : room;
      case MORE_THAN_PLACES -> (int) Math.min(left, 2L * room);
    };
  }

  /**
   * How long so many trials of one length take with the places of now, in trials one after the
   * other.
   *
   * @param trials {@code >= 1}
   */
  public double rows(int trials) {
    double rows = Math.max(1, (double) trials / room());
    return rule == Rule.AS_MANY_AS_PLACES ? Math.ceil(rows) : rows;
  }

  private int room() {
    return Math.max(1, places.getAsInt());
  }
}
