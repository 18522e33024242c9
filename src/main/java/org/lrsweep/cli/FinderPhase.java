package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.FinderConfig;
import org.lrsweep.finder.ChosenRange;
import org.lrsweep.finder.Curve;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.finder.FinderResult;
import org.lrsweep.finder.LearningRateFinder;
import org.lrsweep.finder.RangeMethods;
import org.lrsweep.finder.Suggestion;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Tables;
import org.lrsweep.schedule.ExponentialSweep;
import org.lrsweep.sweep.LrRange;
import org.lrsweep.training.NetworkSpec;
import org.lrsweep.training.RoundEngine;
import org.lrsweep.training.TrainingState;

/** The range test of a run: trains it, records the curve and every method's answer. */
final class FinderPhase {
  /** Names the rows of a range that the configuration gives. */
  private static final String CONFIGURED = "config";

  private final Session session;
  private final PrintWriter out;

  FinderPhase(Session session) {
    this.session = session;
    out = session.out();
  }

  /** The range that the finder's method chose; empty if it found none. */
  Optional<LrRange> run() {
    FinderResult result = train();
    session.store().write(Tables.FINDER_STEPS, session.runId(), result.rows(session.runId()));
    result
        .stopReason()
        .ifPresentOrElse(
            reason ->
                out.printf(
                    "Range test stopped after %d steps: %s.%n", result.steps().size(), reason),
            () -> out.printf("Range test went through all %d steps.%n", result.steps().size()));
    return choose(RangeMethods.suggestAll(Curve.of(result.steps())));
  }

  private FinderResult train() {
    ExperimentConfig config = session.plan().config();
    FinderPlan plan = finderPlan(config);
    NetworkSpec network = session.plan().network(config.seed(), session.dataset().classes());
    out.printf(
        "Range test: %d steps at most, LR %.3g to %.3g, %d workers share batches of %d.%n",
        plan.steps(),
        config.finder().startLr(),
        config.finder().endLr(),
        config.finder().workers(),
        config.batchSize());
    session.spark().setJobDescription(session.runId() + " finder");
    try (RoundEngine engine =
            new RoundEngine(
                session.spark(),
                network,
                session.trainExamples(config.finder().workers(), config.seed()),
                config.seed());
        FinderProgress progress = new FinderProgress(plan.steps(), out)) {
      return new LearningRateFinder(engine, plan).find(TrainingState.of(network.build()), progress);
    }
  }

  private FinderPlan finderPlan(ExperimentConfig config) {
    FinderConfig finder = config.finder();
    int examples = session.dataset().train().size();
    int stepsPerEpoch = (examples + config.batchSize() - 1) / config.batchSize();
    int epochs = finder.epochs(stepsPerEpoch);
    return new FinderPlan(
        new ExponentialSweep(finder.startLr(), finder.endLr(), (long) epochs * stepsPerEpoch),
        stepsPerEpoch,
        epochs,
        config.batchSize(),
        finder.averagingFrequency(),
        finder.beta(),
        finder.stopFactor());
  }

  private Optional<LrRange> choose(List<Suggestion> suggestions) {
    String method = session.plan().method().name();
    List<LrRange> configured = session.plan().configuredRanges();
    List<FinderSuggestionRow> rows = new ArrayList<>();
    Optional<LrRange> found = Optional.empty();
    for (Suggestion suggestion : suggestions) {
      boolean selected = configured.isEmpty() && suggestion.method().equals(method);
      rows.add(row(suggestion, selected && !suggestion.isNone()));
      if (selected) {
        found = ChosenRange.of(suggestion).map(FinderPhase::range);
        out.printf("%s (%s).%n", sentence(found), method);
        out.printf("%s%n", suggestion.reason());
      }
    }
    for (LrRange range : configured) {
      rows.add(
          new FinderSuggestionRow(
              session.runId(),
              rows.stream().anyMatch(r -> r.method().equals(CONFIGURED))
                  ? CONFIGURED + "-" + rows.size()
                  : CONFIGURED,
              null,
              range.baseLr(),
              range.maxLr(),
              "sweep.base-lrs and sweep.max-lrs of the configuration win",
              true));
      out.printf("%s (config).%n", sentence(Optional.of(range)));
    }
    session.store().write(Tables.FINDER_SUGGESTIONS, session.runId(), rows);
    return found;
  }

  /** The bounds that a chosen answer gives. */
  static LrRange range(FinderSuggestionRow chosen) {
    return chosen.lr() == null
        ? new LrRange(chosen.minLr(), chosen.maxLr())
        : ChosenRange.of(Suggestion.rate(chosen.method(), chosen.lr(), chosen.reason()))
            .map(FinderPhase::range)
            .orElseThrow();
  }

  private static LrRange range(ChosenRange chosen) {
    return new LrRange(chosen.minLr(), chosen.maxLr());
  }

  private static String sentence(Optional<LrRange> range) {
    return range
        .map(r -> String.format("Chosen range: LR %.3g to %.3g", r.baseLr(), r.maxLr()))
        .orElse("No range was found");
  }

  private FinderSuggestionRow row(Suggestion suggestion, boolean selected) {
    return new FinderSuggestionRow(
        session.runId(),
        suggestion.method(),
        boxed(suggestion.lr()),
        boxed(suggestion.minLr()),
        boxed(suggestion.maxLr()),
        suggestion.reason(),
        selected);
  }

  private static Double boxed(java.util.OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
