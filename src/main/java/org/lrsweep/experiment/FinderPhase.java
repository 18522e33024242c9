package org.lrsweep.experiment;

import java.util.List;
import org.lrsweep.finder.Repeats;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.TrialRange;

/** The range test of a run: trains it, records the curve and every method's answer. */
final class FinderPhase {
  private final Session session;

  FinderPhase(Session session) {
    this.session = session;
  }

  /** The ranges to make trials with; empty if none was found or given. */
  List<TrialRange> run() {
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

  private Repeats trainAndRecord() {
    Repeats tests = new FinderRepeats(session).train();
    session.store().replace(Tables.FINDER_STEPS, session.runId(), tests.stepRows(session.runId()));
    return tests;
  }
}
