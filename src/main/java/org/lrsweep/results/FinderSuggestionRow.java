package org.lrsweep.results;

/**
 * A row of {@code finder_suggestions}: what one method makes of the curve. It gives one learning
 * rate, or a range, or neither (the reason says why); the selected one always gives a range.
 */
public record FinderSuggestionRow(
    @Meaning("the run") String runId,
    @Meaning("name of the method") String method,
    @Meaning("its learning rate; null for a method that gives a range") @Nullable Double lr,
    @Meaning("low end of its range; null for a method that gives one rate") @Nullable Double minLr,
    @Meaning("high end of its range; null for a method that gives one rate") @Nullable Double maxLr,
    @Meaning("why, in one sentence") String reason,
    @Meaning("whether the sweep used this range; several are, where methods are compared")
        boolean selected) {

  public FinderSuggestionRow {
    Check.id("run_id", runId);
    Check.present("method", method);
    Check.present("reason", reason);

    if (lr != null) {
      Check.positive("lr", lr);
    }

    if ((minLr == null) != (maxLr == null)) {
      throw new IllegalArgumentException(
          "min_lr and max_lr must be given together, found " + minLr + " and " + maxLr);
    }

    if (minLr != null) {
      Check.range("min_lr", minLr, "max_lr", maxLr);
    }

    if (lr != null && minLr != null) {
      throw new IllegalArgumentException(
          "a suggestion gives lr or a range, found lr " + lr + " and " + minLr + " to " + maxLr);
    }

    if (selected && minLr == null) {
      throw new IllegalArgumentException(
          "the selected suggestion must give min_lr and max_lr, found none of method " + method);
    }
  }
}
