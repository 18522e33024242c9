package org.lrsweep.experiment.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunId;

/**
 * Which run an experiment makes: a new one, one that was broken off and goes on, or a finished one
 * that is extended.
 */
public final class RunChoice {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Optional<String> named;
  private final Optional<String> resumed;
  private final Optional<String> extended;
  private final RunLabels labels;

  private RunChoice(
      Optional<String> named,
      Optional<String> resumed,
      Optional<String> extended,
      RunLabels labels) {
    this.named = named;
    this.resumed = resumed;
    this.extended = extended;
    this.labels = labels;
  }

  /** A new run, whose id is made of the time and chance. */
  public static RunChoice fresh() {
    return new RunChoice(Optional.empty(), Optional.empty(), Optional.empty(), RunLabels.NONE);
  }

  /**
   * A new run of this id.
   *
   * @throws RefusedException if no run may be called so
   */
  public static RunChoice named(String runId) {
    RefusedException.unlessValid("--run-id " + runId, () -> RunId.requireNew(runId));
    return new RunChoice(Optional.of(runId), Optional.empty(), Optional.empty(), RunLabels.NONE);
  }

  /** The run of this id, or for {@code last} the latest one, from its last checkpoint on. */
  public static RunChoice resume(String runId) {
    return new RunChoice(Optional.empty(), Optional.of(runId), Optional.empty(), RunLabels.NONE);
  }

  /**
   * The finished run of this id, or for {@code last} the latest one, to which a sweep adds the
   * trials that it lacks, and whose trials it trains longer. An extension that was broken off goes
   * on when it is asked for again.
   */
  public static RunChoice extend(String runId) {
    return new RunChoice(Optional.empty(), Optional.empty(), Optional.of(runId), RunLabels.NONE);
  }

  /** The same run with these labels; one that goes on keeps those that it has, too. */
  public RunChoice labelled(RunLabels wanted) {
    return new RunChoice(named, resumed, extended, wanted);
  }

  /** What is said of the run. */
  public RunLabels labels() {
    return labels;
  }

  /** Whether a finished run is to be extended. */
  public boolean isExtension() {
    return extended.isPresent();
  }

  /** Whether a run that was stopped is to go on. */
  public boolean isResumption() {
    return resumed.isPresent();
  }

  /** The new run's id. */
  public String newId() {
    return named.orElseGet(
        () ->
            "run-"
                + STAMP.format(Instant.now())
                + "-"
                + UUID.randomUUID().toString().substring(0, 4));
  }

  /**
   * The run to go on with or to extend; empty if a new one is wanted.
   *
   * @throws RefusedException if the store doesn't have it
   */
  public Optional<String> existing(ResultStore store) {
    return resumed.or(() -> extended).map(wanted -> StoredRun.id(store, wanted));
  }
}
