package org.lrsweep.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A made-up run that looks like a real one: a finder curve that is flat, falls and explodes, and
 * trials whose validation accuracy swings with their cycles. Deterministic.
 */
public final class SampleRun {
  private static final List<String> CLASSES =
      List.of(
          "top",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");
  private static final double BASE_LR = 1e-5;
  private static final double MAX_LR = 1e-2;

  private final String runId;
  private final int epochs;
  private final int stepsPerEpoch;

  public SampleRun(String runId, int epochs, int stepsPerEpoch) {
    this.runId = runId;
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** Writes the run, its finder and its trials. */
  public void write(ResultStore store, int trials) {
    store.commitRun(run());
    writeFinder(store);
    writeTrials(store, trials);
  }

  public void writeFinder(ResultStore store) {
    store.write(Tables.FINDER_STEPS, runId, finderSteps(2814));
    store.write(Tables.FINDER_CURVE, runId, finderSteps(2814).stream().map(this::point).toList());
    store.write(Tables.FINDER_SUGGESTIONS, runId, suggestions());
    store.write(
        Tables.FINDER_REPEATS,
        runId,
        List.of(new FinderRepeatRow(runId, 0, "fall", null, BASE_LR, MAX_LR, "it falls")));
  }

  /** The rows of {@code finder_confirm}, which a run has where its bound was to be confirmed. */
  public void writeConfirm(ResultStore store) {
    store.write(
        Tables.FINDER_CONFIRM,
        runId,
        List.of(
            new FinderConfirmRow(runId, 1, BASE_LR, 0.01, 1, 40, 0.5, true, "the lower one", 1_200),
            new FinderConfirmRow(runId, 2, BASE_LR, 0.1, 1, 7, null, false, "diverged", 300)));
  }

  public void writeTrials(ResultStore store, int trials) {
    for (int trial = 1; trial <= trials; trial++) {
      String id = trialId(trial);
      List<EpochRow> own = epochs(trial);
      store.replaceTrial(Tables.TRAIN_STEPS, runId, id, trainSteps(trial));
      store.replaceTrial(Tables.EPOCHS, runId, id, own);
      store.replaceTrial(Tables.CLASS_METRICS, runId, id, classMetrics(trial));
      store.replaceTrial(Tables.CONFUSION, runId, id, confusion(trial));
      store.replaceTrial(Tables.TRIALS, runId, id, List.of(trial(trial, own)));
    }
  }

  /**
   * The rows of {@code weights}, which a trial has where averages or snapshots were asked for, and
   * of {@code metrics}, which one has whose task has several.
   */
  public void writeWeights(ResultStore store, int trial) {
    String id = trialId(trial);
    store.replaceTrial(
        Tables.WEIGHTS,
        runId,
        id,
        List.of(
            new WeightsRow(
                runId,
                id,
                "last",
                1,
                0.31,
                0.912,
                false,
                "models/last.zip",
                Metric.ACCURACY.label(),
                0.912),
            new WeightsRow(
                runId,
                id,
                "ensemble",
                3,
                0.27,
                0.921,
                true,
                null,
                Metric.ACCURACY.label(),
                0.921)));
    store.replaceTrial(
        Tables.METRICS,
        runId,
        id,
        List.of(
            new MetricRow(runId, id, "validation", 1, "rmse", 54.5),
            new MetricRow(runId, id, "test", null, "r2", null)));
  }

  /** A trial of run r1 that failed. */
  public static TrialRow failed() {
    return new TrialRow(
        "r1",
        "t1",
        "triangular",
        2,
        20,
        1e-5,
        1e-2,
        64,
        4,
        1,
        TrialStatus.FAILED,
        "lost",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Metric.ACCURACY.label(),
        null,
        null,
        null);
  }

  public RunRow run() {
    Instant start = Instant.parse("2026-11-23T09:30:00.123456Z");
    return new RunRow(
        runId,
        RunStatus.COMPLETED,
        start,
        start.plusSeconds(5_283),
        "0.1.0",
        "3.5.5",
        "local[2,4]",
        "{\"data\":{\"name\":\"fashion-mnist\"},\"finder\":{\"batch-size\":64,\"beta\":0.98,"
            + "\"end-lr\":10,\"start-lr\":1e-10},\"sweep\":{\"policies\":[\"triangular\"],"
            + "\"step-sizes\":[2,4,8]}}",
        "fashion-mnist",
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        60_000,
        10_000,
        42,
        2,
        1);
  }

  /** The range test of the tutorial: 1e-10 to 10 in so many steps, stopped when it explodes. */
  public List<FinderStepRow> finderSteps(int steps) {
    Random random = new Random(7);
    List<FinderStepRow> rows = new ArrayList<>();
    double factor = Math.pow(1e11, 1.0 / steps);
    double average = 0;
    double best = Double.POSITIVE_INFINITY;

    for (int step = 0; step < steps; step++) {
      double multiplier = Math.pow(factor, step);
      double lr = 1e-10 * multiplier;
      double learned = 1 / (1 + Math.exp(-2.1 * (Math.log10(lr) + 3.6)));
      double exploding = lr < 0.02 ? 0 : 1.9 * Math.pow(Math.log10(lr / 0.02), 3);
      double loss = 2.45 - 1.75 * learned + exploding + 0.12 * random.nextGaussian();
      loss *= 1 + Math.abs(exploding) * 0.2 * random.nextGaussian();
      loss = Math.max(0.05, loss);
      average = 0.98 * average + 0.02 * loss;
      double smoothed = average / (1 - Math.pow(0.98, step + 1));
      best = Math.min(best, smoothed);
      rows.add(
          new FinderStepRow(runId, step, lr, multiplier, loss, smoothed, best, 64, 0, learned));

      if (step > 0 && smoothed > 4 * best) {
        break;
      }
    }

    return rows;
  }

  /** Smith's form: rates up to 0.1 in equal steps, with an accuracy that rises and falls again. */
  public void writeLinearFinder(ResultStore store) {
    store.write(Tables.FINDER_STEPS, runId, linearFinderSteps(1200));
    store.write(
        Tables.FINDER_SUGGESTIONS,
        runId,
        List.of(
            new FinderSuggestionRow(
                runId, "smith", null, 1e-3, 0.06, "the accuracy rises, then falls", true),
            new FinderSuggestionRow(
                runId, "descent", null, 2e-3, 0.03, "the loss falls, then turns", false),
            new FinderSuggestionRow(
                runId, "steepest", 6e-3, null, null, "the loss falls fastest here", false)));
  }

  private List<FinderStepRow> linearFinderSteps(int steps) {
    Random random = new Random(8);
    List<FinderStepRow> rows = new ArrayList<>();
    double average = 0;
    double best = Double.POSITIVE_INFINITY;

    for (int step = 0; step < steps; step++) {
      double lr = 1e-5 + step * 0.1 / steps;
      double fallen = Math.max(0, lr - 0.06) / 0.04;
      double learned = 0.1 + 0.75 * (1 - Math.exp(-lr / 0.01)) - 0.3 * fallen;
      double right = 64 * (learned + (0.05 + 0.1 * fallen) * random.nextGaussian());
      double accuracy = Math.min(64, Math.max(0, Math.round(right))) / 64.0;
      double loss = 2.4 * (1 - learned) + 0.1 * random.nextGaussian();
      average = 0.98 * average + 0.02 * loss;
      double smoothed = average / (1 - Math.pow(0.98, step + 1));
      best = Math.min(best, smoothed);
      rows.add(
          new FinderStepRow(runId, step, lr, lr / 1e-5, loss, smoothed, best, 64, 0, accuracy));
    }

    return rows;
  }

  private FinderCurveRow point(FinderStepRow step) {
    return new FinderCurveRow(
        runId,
        step.step(),
        step.lr(),
        step.loss(),
        step.smoothedLoss(),
        step.smoothedLoss(),
        step.smoothedLoss(),
        step.accuracy(),
        1);
  }

  public List<FinderSuggestionRow> suggestions() {
    return List.of(
        new FinderSuggestionRow(
            runId,
            "fall",
            null,
            BASE_LR,
            MAX_LR,
            "the smoothed loss falls by 5 % of its whole fall at 1.0E-5 and is lowest at 1.0E-2",
            true),
        new FinderSuggestionRow(
            runId, "steepest", 2.5e-4, null, null, "the smoothed loss falls fastest here", false),
        new FinderSuggestionRow(
            runId, "valley", 8.1e-4, null, null, "middle of the longest valley", false),
        new FinderSuggestionRow(
            runId, "minimum-tenth", 1.6e-3, null, null, "a tenth of the best loss's rate", false));
  }

  private double stepSizeEpochs(int trial) {
    return switch (trial % 4) {
      case 1 -> 2;
      case 2 -> 4;
      case 3 -> 6;
      default -> 8;
    };
  }

  private String policy(int trial) {
    return List.of("triangular", "triangular2", "exp_range").get((trial - 1) / 4 % 3);
  }

  private static String trialId(int trial) {
    return String.format(Locale.ROOT, "trial-%02d", trial);
  }

  private boolean diverges(int trial) {
    return trial % 7 == 6;
  }

  private int epochsRun(int trial) {
    return diverges(trial) ? Math.max(1, epochs / 3) : epochs;
  }

  private double lr(int trial, double epoch) {
    double iterations = epoch / stepSizeEpochs(trial);
    double cycle = Math.floor(1 + iterations / 2);
    double x = Math.abs(iterations - 2 * cycle + 1);
    double scale =
        switch (policy(trial)) {
          case "triangular2" -> 1 / Math.pow(2, cycle - 1);
          case "exp_range" -> Math.pow(0.94, epoch);
          default -> 1;
        };
    return BASE_LR + (MAX_LR - BASE_LR) * Math.max(0, 1 - x) * scale;
  }

  private double loss(int trial, double epoch) {
    double learned = 0.16 + 0.02 * (trial % 5) + 0.75 * Math.exp(-epoch / (3 + trial % 3));
    return learned + 12 * lr(trial, epoch) * Math.exp(-epoch / epochs);
  }

  private List<TrainStepRow> trainSteps(int trial) {
    Random random = new Random(trial);
    List<TrainStepRow> rows = new ArrayList<>();

    for (int step = 0; step < epochsRun(trial) * stepsPerEpoch; step++) {
      double epoch = (double) step / stepsPerEpoch;
      double loss = loss(trial, epoch) * Math.exp(0.25 * random.nextGaussian());
      boolean last = diverges(trial) && step == epochsRun(trial) * stepsPerEpoch - 1;
      rows.add(
          new TrainStepRow(
              runId,
              trialId(trial),
              step,
              1 + (int) epoch,
              lr(trial, epoch),
              last ? Double.NaN : loss));
    }

    return rows;
  }

  private List<EpochRow> epochs(int trial) {
    Random random = new Random(100 + trial);
    List<EpochRow> rows = new ArrayList<>();

    for (int epoch = 1; epoch <= epochsRun(trial); epoch++) {
      boolean last = diverges(trial) && epoch == epochsRun(trial);
      double train = loss(trial, epoch) * (1 + 0.02 * random.nextGaussian());
      double val = (train + 0.07 + 3 * lr(trial, epoch)) * (1 + 0.05 * random.nextGaussian());
      rows.add(
          new EpochRow(
              runId,
              trialId(trial),
              epoch,
              last ? Double.NaN : train,
              Math.max(0.1, 1 - 0.36 * train),
              last ? null : val,
              last ? null : Math.max(0.1, 1 - 0.33 * val),
              109_000 + random.nextInt(4000)));
    }

    return rows;
  }

  private TrialRow trial(int trial, List<EpochRow> own) {
    EpochRow best = own.get(0);

    for (EpochRow row : own) {
      if (row.valAccuracy() != null && row.valAccuracy() > best.valAccuracy()) {
        best = row;
      }
    }

    EpochRow last = own.get(own.size() - 1);
    boolean diverged = diverges(trial);
    return new TrialRow(
        runId,
        trialId(trial),
        policy(trial),
        stepSizeEpochs(trial),
        (long) (stepSizeEpochs(trial) * stepsPerEpoch),
        BASE_LR,
        MAX_LR,
        64,
        epochs,
        42 + trial,
        diverged ? TrialStatus.DIVERGED : TrialStatus.COMPLETED,
        diverged ? "the loss of step " + own.size() * stepsPerEpoch + " is NaN" : null,
        best.valAccuracy() == null ? null : best.epoch(),
        best.valAccuracy(),
        last.valAccuracy(),
        last.valLoss(),
        diverged ? null : "models/" + runId + "/" + trialId(trial) + "/model.zip",
        null,
        diverged ? null : "models/" + runId + "/" + trialId(trial) + "/best.zip",
        Metric.ACCURACY.label(),
        best.valAccuracy(),
        null,
        null);
  }

  private long[][] matrix(int trial) {
    Random random = new Random(200 + trial);
    long[][] counts = new long[CLASSES.size()][CLASSES.size()];

    for (int actual = 0; actual < counts.length; actual++) {
      long left = 1000;

      for (int predicted = 0; predicted < counts.length; predicted++) {
        boolean alike = actual % 2 == 0 && predicted % 2 == 0 && actual < 7 && predicted < 7;
        long count = actual == predicted ? 0 : random.nextInt(alike ? 55 : 6);
        counts[actual][predicted] = count;
        left -= count;
      }

      counts[actual][actual] = left;
    }

    return counts;
  }

  private List<ConfusionRow> confusion(int trial) {
    List<ConfusionRow> rows = new ArrayList<>();
    long[][] counts = matrix(trial);

    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        rows.add(
            new ConfusionRow(runId, trialId(trial), actual, predicted, counts[actual][predicted]));
      }
    }

    return rows;
  }

  private List<ClassMetricsRow> classMetrics(int trial) {
    List<ClassMetricsRow> rows = new ArrayList<>();
    long[][] counts = matrix(trial);

    for (int id = 0; id < counts.length; id++) {
      double predicted = 0;

      for (long[] row : counts) {
        predicted += row[id];
      }

      double precision = counts[id][id] / predicted;
      double recall = counts[id][id] / 1000.0;
      rows.add(
          new ClassMetricsRow(
              runId,
              trialId(trial),
              id,
              CLASSES.get(id),
              precision,
              recall,
              2 * precision * recall / (precision + recall),
              1000));
    }

    return rows;
  }
}
