package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.Optional;
import org.lrsweep.experiment.range.RangeChoice;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.finder.Repeats;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.TrialRange;

/** The range test of a run: trains it, records the curve and every method's answer. */
public final class FinderPhase {
  private final Session session;
  private Optional<StepTimes.Nanos> stepTimes = Optional.empty();

  /** The range test of a session's run. */
  public FinderPhase(Session session) {
    this.session = session;
  }

  /** The ranges to make trials with; empty if none was found or given. */
  public List<TrialRange> run() {
    ResultStore store = session.store();
    String runId = session.runId();
    // Of a run that was broken off after its range test.
    Repeats tests =
        Repeats.of(store.read(Tables.FINDER_STEPS, runId)).orElseGet(this::trainAndRecord);
    store.replace(Tables.FINDER_CURVE, runId, tests.curveRows(runId));
    store.replace(Tables.FINDER_REPEATS, runId, tests.answerRows(runId));
    RangeChoice choice =
        RangeChoice.of(
            runId,
            tests.suggestions(),
            session.plan().rangeMethods(),
            session.plan().configuredRanges());
    store.replace(Tables.FINDER_SUGGESTIONS, runId, choice.rows());
    session.console().chatter().println(choice.sentences());
    return choice.ranges();
  }

  /** What a step took, of all its steps; empty before the test, or if that wasn't measured. */
  Optional<StepTimes.Nanos> stepTimes() {
    return stepTimes;
  }

  private Repeats trainAndRecord() {
    FinderRepeats repeats = new FinderRepeats(session);
    Repeats tests = repeats.train();
    stepTimes = repeats.stepTimes();
    session.store().replace(Tables.FINDER_STEPS, session.runId(), tests.stepRows(session.runId()));
    return tests;
  }
}
