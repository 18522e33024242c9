package org.lrsweep.experiment.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lrsweep.curve.RangeMethods;
import org.lrsweep.curve.Suggestion;
import org.lrsweep.experiment.range.RangeChoice;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.finder.Repeats;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.confirm.Confirmation;

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
    List<Suggestion> suggestions = new ArrayList<>(tests.suggestions());
    List<String> methods = session.plan().sweep().rangeMethods();
    if (session.plan().halving().isPresent()) {
      Optional<Suggestion> confirmed = confirmed(tests);
      confirmed.ifPresent(suggestions::add);
      if (confirmed.isEmpty() || confirmed.get().isNone()) {
        confirmed.map(Suggestion::reason).ifPresent(session.console()::notice);
        methods = withoutConfirm(methods);
      }
    }
    RangeChoice choice =
        RangeChoice.of(runId, suggestions, methods, session.plan().sweep().configuredRanges());
    store.replace(Tables.FINDER_SUGGESTIONS, runId, choice.rows());
    session.console().chatter().println(choice.sentences());
    return choice.ranges();
  }

  /** What a step took, of all its steps; empty before the test, or if that wasn't measured. */
  Optional<StepTimes.Nanos> stepTimes() {
    return stepTimes;
  }

  /** Empty where the curve has no floor to try upper bounds on. */
  private Optional<Suggestion> confirmed(Repeats tests) {
    String method = session.plan().config().finder().method();
    OptionalDouble lowest = tests.suggest(method).minLr();
    return RangeMethods.floor(tests.combined().median())
        .filter(floor -> lowest.isPresent())
        .map(floor -> new ConfirmPhase(session, stepTimes).run(floor, lowest.getAsDouble()));
  }

  /** What confirm would have confirmed takes its place, unless its trials are to be there too. */
  private List<String> withoutConfirm(List<String> methods) {
    String method = session.plan().config().finder().method();
    return methods.stream()
        .map(name -> name.equals(Confirmation.NAME) ? method : name)
        .distinct()
        .toList();
  }

  private Repeats trainAndRecord() {
    FinderRepeats repeats = new FinderRepeats(session);
    Repeats tests = repeats.train();
    stepTimes = repeats.stepTimes();
    session.store().replace(Tables.FINDER_STEPS, session.runId(), tests.stepRows(session.runId()));
    return tests;
  }
}
