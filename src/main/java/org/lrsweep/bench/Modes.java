package org.lrsweep.bench;

import java.util.List;
import java.util.Map;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.ParseResult;

/** Which options of {@code bench} mean nothing beside others. */
final class Modes {
  private static final String ROUNDS = "--rounds";
  private static final String TRIALS = "--trials";
  private static final String SIDE_BY_SIDE = "--side-by-side";
  private static final String LAYERS = "--layers";

  private static final Map<String, List<String>> NOT_HEEDED =
      Map.of(
          TRIALS,
          List.of(
              ROUNDS,
              SIDE_BY_SIDE,
              LAYERS,
              "--threads",
              "--batch",
              "--warm-up",
              "--precision",
              "--workers",
              "--engine"),
          ROUNDS,
          List.of(SIDE_BY_SIDE, LAYERS, "--threads", "--warm-up", "--precision"),
          SIDE_BY_SIDE,
          List.of(LAYERS));

  private static final List<String> OF_ROUNDS = List.of("--workers", "--engine");

  private Modes() {}

  /**
   * Refuses options that would be passed over.
   *
   * @throws RefusedException if one is given
   */
  static void refuseNotHeeded(ParseResult given) {
    for (String mode : List.of(TRIALS, ROUNDS, SIDE_BY_SIDE)) {
      if (given.hasMatchedOption(mode)) {
        for (String option : NOT_HEEDED.get(mode)) {
          if (given.hasMatchedOption(option)) {
            throw new RefusedException(
                option + " means nothing beside " + mode + "; leave one of them out");
          }
        }
      }
    }
    for (String option : OF_ROUNDS) {
      if (given.hasMatchedOption(option) && !given.hasMatchedOption(ROUNDS)) {
        throw new RefusedException(option + " means nothing without " + ROUNDS + "; add it");
      }
    }
  }
}
