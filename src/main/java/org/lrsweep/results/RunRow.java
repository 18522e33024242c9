package org.lrsweep.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A row of {@code runs}: one run, where it ran and what it ran on. Instants keep microseconds. */
public record RunRow(
    @Meaning("the run; starts with a letter, so that no reader takes it for a number") String runId,
    @Meaning("RUNNING, COMPLETED or FAILED") RunStatus status,
    @Meaning("when the run started") Instant startedAt,
    @Meaning("when the run ended; null while it runs") @Nullable Instant finishedAt,
    @Meaning("version of LRSweep") String appVersion,
    @Meaning("version of Spark") String sparkVersion,
    @Meaning("the Spark master's URL") String master,
    @Meaning("the whole configuration as JSON") String configJson,
    @Meaning("name of the data set") String dataset,
    @Meaning("SHA-256 of the data set's bytes, in hex") String datasetSha256,
    @Meaning("examples in the training set") long trainExamples,
    @Meaning("examples in the test set") long testExamples,
    @Meaning("seed of the run") long seed,
    @Meaning("workers of the range test") int workers,
    @Meaning("native threads of a worker") int threadsPerWorker,
    @Meaning("the command line that made the run, quoted for a shell; null if no command did")
        @Nullable
        String command,
    @Meaning("what the run was tagged with, sorted and divided by commas; null if with nothing")
        @Nullable
        String tags,
    @Meaning("what someone wrote about the run; null if nothing") @Nullable String note,
    @Meaning("SHA-256 of the network's file, in hex; null for a network that LRSweep brings along")
        @Nullable
        String networkSha256,
    @Meaning(
            "how long the trials were expected to take, by the steps of the run's range test, in"
                + " milliseconds; null if it had none or was resumed")
        @Nullable
        Long estimatedSweepMs,
    @Meaning(
            "how long they took, without those of an extension; null if the run was resumed or"
                + " ended before, and in runs of older versions where estimated_sweep_ms is")
        @Nullable
        Long sweepMs,
    @Meaning("how rounds were trained on Spark, fast or plain; null in runs of older versions")
        @Nullable
        String transport,
    @Meaning("why the fast transport was not taken though asked for; null if it was") @Nullable
        String transportReason,
    @Meaning("steps trained to confirm the upper bound; null if `finder.confirm` trained none")
        @Nullable
        Long confirmSteps,
    @Meaning(
            "how long its cycles took, added up though several ran at a time, in milliseconds; null"
                + " where confirm_steps is")
        @Nullable
        Long confirmMs,
    @Meaning(
            "what trials are ranked by: accuracy, micro_f1 or rmse; null in runs of older versions,"
                + " which ranked by accuracy")
        @Nullable
        String metric,
    @Meaning(
            "rows of the data that could not be used and were left out, of all sets; null for data"
                + " sets with a name and in runs of older versions")
        @Nullable
        Long skippedRows,
    @Meaning("why, with the number of rows, as damaged image: 3, null: 1; null if none was")
        @Nullable
        String skippedReasons,
    @Meaning(
            "the command lines that added trials to the finished run or trained its trials longer,"
                + " one below the other; null if none did")
        @Nullable
        String extensions,
    @Meaning(
            "number format of activations and their gradients between layers, float or bfloat16;"
                + " null in runs of older versions, which trained in float")
        @Nullable
        String precision) {

  public RunRow {
    Check.id("run_id", runId);
    Check.present("status", status);
    Check.present("started_at", startedAt);
    Check.present("app_version", appVersion);
    Check.present("spark_version", sparkVersion);
    Check.present("master", master);
    Check.present("config_json", configJson);
    Check.present("dataset", dataset);
    Check.present("dataset_sha256", datasetSha256);
    Check.atLeast("train_examples", 1, trainExamples);
    Check.atLeast("test_examples", 0, testExamples);
    Check.atLeast("workers", 1, workers);
    Check.atLeast("threads_per_worker", 1, threadsPerWorker);
    startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    finishedAt = finishedAt == null ? null : finishedAt.truncatedTo(ChronoUnit.MICROS);

    if ((status == RunStatus.RUNNING) != (finishedAt == null)) {
      throw new IllegalArgumentException(
          "finished_at must be null while status is RUNNING and set afterwards, found "
              + finishedAt
              + " with "
              + status);
    }
  }

  /** A run that no command made, without tags and note. */
  public RunRow(
      String runId,
      RunStatus status,
      Instant startedAt,
      Instant finishedAt,
      String appVersion,
      String sparkVersion,
      String master,
      String configJson,
      String dataset,
      String datasetSha256,
      long trainExamples,
      long testExamples,
      long seed,
      int workers,
      int threadsPerWorker) {
    this(
        runId,
        status,
        startedAt,
        finishedAt,
        appVersion,
        sparkVersion,
        master,
        configJson,
        dataset,
        datasetSha256,
        trainExamples,
        testExamples,
        seed,
        workers,
        threadsPerWorker,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * This run, with who made it and what was said of it.
   *
   * @param by the command line; null if no command made it
   * @param tagged its tags, divided by commas; null if it has none
   * @param noted its note; null if it has none
   */
  public RunRow described(String by, String tagged, String noted) {
    Draft draft = new Draft();
    draft.command = by;
    draft.tags = tagged;
    draft.note = noted;
    return draft.row();
  }

  /** This run, with the SHA-256 of its network's file; null if it has none. */
  public RunRow withNetwork(String sha256) {
    Draft draft = new Draft();
    draft.networkSha256 = sha256;
    return draft.row();
  }

  /**
   * This run, whose trials took so many milliseconds.
   *
   * @param expected how many they were expected to take; null if nobody knew
   */
  public RunRow timed(Long expected, long took) {
    Draft draft = new Draft();
    draft.estimatedSweepMs = expected;
    draft.sweepMs = took;
    return draft.row();
  }

  /** This run, whose upper bound was confirmed by so many steps in so many milliseconds. */
  public RunRow confirmed(long steps, long took) {
    Draft draft = new Draft();
    draft.confirmSteps = steps;
    draft.confirmMs = took;
    return draft.row();
  }

  /**
   * This run, with how its rounds are trained.
   *
   * @param way {@code fast} or {@code plain}
   * @param reason why not fast, though asked for; null if it is, or wasn't asked for
   */
  public RunRow withTransport(String way, String reason) {
    Draft draft = new Draft();
    draft.transport = way;
    draft.transportReason = reason;
    return draft.row();
  }

  /** This run, trained in {@code float} or {@code bfloat16}. */
  public RunRow withPrecision(String format) {
    Draft draft = new Draft();
    draft.precision = format;
    return draft.row();
  }

  /** This run, whose trials are ranked by a metric. */
  public RunRow withMetric(Metric rank) {
    Draft draft = new Draft();
    draft.metric = rank.label();
    return draft.row();
  }

  /**
   * This run, with what of its data was left out.
   *
   * @param rows how many, {@code >= 0}
   * @param reasons why; null if none was
   */
  public RunRow withSkipped(long rows, String reasons) {
    Draft draft = new Draft();
    draft.skippedRows = rows;
    draft.skippedReasons = reasons;
    return draft.row();
  }

  /**
   * This run, finished once, which is at work again.
   *
   * @param by the command line that extends it; the one before it, if it is the same, was broken
   *     off
   */
  public RunRow extendedBy(String by) {
    Draft draft = new Draft();
    draft.status = RunStatus.RUNNING;
    draft.finishedAt = null;
    if (extensions == null) {
      draft.extensions = by;
    } else if (!extensions.equals(by) && !extensions.endsWith("\n" + by)) {
      draft.extensions = extensions + "\n" + by;
    }
    return draft.row();
  }

  /** This run, ended. */
  public RunRow ended(RunStatus end, Instant at) {
    Draft draft = new Draft();
    draft.status = end;
    draft.finishedAt = at;
    return draft.row();
  }

  /** A copy of this row in the making, of which what comes after a run's beginning may change. */
  private final class Draft {
    private RunStatus status = RunRow.this.status;
    private Instant finishedAt = RunRow.this.finishedAt;
    private String command = RunRow.this.command;
    private String tags = RunRow.this.tags;
    private String note = RunRow.this.note;
    private String networkSha256 = RunRow.this.networkSha256;
    private Long estimatedSweepMs = RunRow.this.estimatedSweepMs;
    private Long sweepMs = RunRow.this.sweepMs;
    private String transport = RunRow.this.transport;
    private String transportReason = RunRow.this.transportReason;
    private Long confirmSteps = RunRow.this.confirmSteps;
    private Long confirmMs = RunRow.this.confirmMs;
    private String metric = RunRow.this.metric;
    private Long skippedRows = RunRow.this.skippedRows;
    private String skippedReasons = RunRow.this.skippedReasons;
    private String extensions = RunRow.this.extensions;
    private String precision = RunRow.this.precision;

    RunRow row() {
      return new RunRow(
          runId,
          status,
          startedAt,
          finishedAt,
          appVersion,
          sparkVersion,
          master,
          configJson,
          dataset,
          datasetSha256,
          trainExamples,
          testExamples,
          seed,
          workers,
          threadsPerWorker,
          command,
          tags,
          note,
          networkSha256,
          estimatedSweepMs,
          sweepMs,
          transport,
          transportReason,
          confirmSteps,
          confirmMs,
          metric,
          skippedRows,
          skippedReasons,
          extensions,
          precision);
    }
  }
}
