package org.lrsweep.experiment.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.experiment.plan.PlannedSweep;
import org.lrsweep.experiment.plan.PlannedSweep.Line;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialRange;

/**
 * What a sweep over the range of an earlier run is going to do, for people who decide whether it
 * should.
 *
 * @param store with the earlier run
 */
public record RangedPlan(Plan plan, ResultStore store, SourceRange source) {

  /**
   * All of it, a line each.
   *
   * @param text of the data and what is planned beside the trials
   * @param trainExamples of the training part
   * @param differences in what the earlier run was another experiment; its times then say nothing
   */
  public String lines(PlanText text, int trainExamples, List<String> differences) {
    List<TrialRange> configured = plan.sweep().givenRanges();
    List<TrialRange> ranges = source.trialRanges();
    List<Trial> trials = plan.sweep().grid(ranges).trials(trainExamples);
    RunRow run = source.run();
    String time =
        differences.isEmpty()
            ? new TrialTime(plan, store, run).of(trials.stream().map(Trial::steps).toList())
            : "not known, since " + run.runId() + " was another experiment";
    List<Line> lines = new ArrayList<>();
    lines.add(range(run.runId(), source.ranges()));
    if (!configured.isEmpty()) {
      lines.add(range("sweep.max-lrs", configured));
    }
    lines.add(text.sweepLine(trials));
    return text.lines(new PlannedSweep(lines, Requirements.ofSweep(plan, ranges), time));
  }

  private static Line range(String from, List<TrialRange> ranges) {
    return new Line(
        "range",
        from + ": " + ranges.stream().map(PlanText::range).collect(Collectors.joining(", ")));
  }
}
