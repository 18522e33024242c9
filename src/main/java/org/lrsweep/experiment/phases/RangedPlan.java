package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.experiment.plan.PlannedSweep;
import org.lrsweep.experiment.plan.PlannedSweep.Line;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.results.ResultStore;
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
   */
  public String lines(PlanText text, int trainExamples) {
    List<TrialRange> ranges =
        Stream.concat(
                source.ranges().stream(),
                plan.sweep().configuredRanges().stream().map(TrialRange::given))
            .distinct()
            .toList();
    List<Trial> trials = plan.sweep().grid(ranges).trials(trainExamples);
    String time =
        source.differences().isEmpty()
            ? new TrialTime(plan, store, source.run())
                .of(trials.stream().map(Trial::steps).toList())
            : "not known, since " + source.run().runId() + " was another experiment";
    Line from =
        new Line(
            "range",
            source.run().runId()
                + ": "
                + source.ranges().stream().map(PlanText::range).collect(Collectors.joining(", ")));
    return text.lines(new PlannedSweep(List.of(from, text.sweepLine(trials)), trials.size(), time));
  }
}
