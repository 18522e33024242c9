package org.lrsweep.experiment.plan;

import java.util.List;

/**
 * Trials that are to be trained, as a plan says it.
 *
 * @param lines what is trained
 * @param requirements what they, and what comes before them, ask of disk and memory
 * @param time how long they take
 */
public record PlannedSweep(List<Line> lines, Requirements requirements, String time) {

  /**
   * A line of a plan.
   *
   * @param name a word or two
   */
  public record Line(String name, String text) {}

  public PlannedSweep {
    lines = List.copyOf(lines);
  }
}
