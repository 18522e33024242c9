package org.lrsweep.experiment.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lrsweep.cluster.Workload;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.confirm.Halving;
import org.lrsweep.terminal.Numbers;

/** What a run is going to do, for people who decide whether it should. */
public final class PlanText {
  private final Plan plan;
  private final String command;
  private final PlannedData data;

  /**
   * @param command {@code find}, {@code sweep} or {@code run}
   * @param data what it trains on
   */
  public PlanText(Plan plan, String command, PlannedData data) {
    this.plan = plan;
    this.command = command;
    this.data = data;
  }

  /**
   * A line: how many steps and trials, and how much disk.
   *
   * @param requirements of the run
   */
  public String line(Requirements requirements) {
    String tests =
        tests()
            ? count(testSteps())
                + " steps of the range test at most"
                + confirmSteps()
                    .map(n -> ", " + count(n) + " steps to confirm its bound")
                    .orElse("")
            : "";
    List<Trial> trials = trials();
    String sweep =
        trials.isEmpty()
            ? ""
            : "%s of %s (%s steps)"
                .formatted(
                    number(trials.size(), "trial"),
                    number(trials.get(0).epochs(), "epoch"),
                    count(steps(trials)));
    return "Plan: "
        + tests
        + (tests.isEmpty() || sweep.isEmpty() ? "" : ", then ")
        + sweep
        + "; "
        + disk(requirements)
        + " of disk.";
  }

  /**
   * A line: how many of a run's trials are left to be trained, and how much disk.
   *
   * @param left what is asked by those that are left
   * @param all how many there are
   */
  public String line(Requirements left, int all) {
    return "Plan: %s of the run's %s to be trained, to %s; %s of disk."
        .formatted(
            count(left.trials()),
            number(all, "trial"),
            number(plan.config().sweep().epochs(), "epoch"),
            disk(left));
  }

  /** All of it, a line each. */
  public String lines() {
    List<Trial> trials = trials();
    return lines(
        new PlannedSweep(
            trials.isEmpty() ? List.of() : List.of(sweepLine(trials)),
            new Requirements(plan, command),
            tests()
                ? "said after the range test, by its own steps"
                : "not known before some steps were trained; a range test measures them"));
  }

  /** How much trials of one length train, at least one. */
  public PlannedSweep.Line sweepLine(List<Trial> trials) {
    Trial one = trials.get(0);
    return new PlannedSweep.Line(
        "sweep",
        "%s of %s of %s steps, %s steps in all; %s"
            .formatted(
                number(trials.size(), "trial"),
                number(one.epochs(), "epoch"),
                count(one.stepsPerEpoch()),
                count(steps(trials)),
                sweepBatches()));
  }

  /** How many examples a step of a trial has, and by how many workers. */
  public String sweepBatches() {
    return batches(plan.config().sweep().workersPerTrial());
  }

  /** All of it, a line each, with these trials. */
  public String lines(PlannedSweep sweep) {
    StringBuilder text = new StringBuilder();
    ExperimentConfig config = plan.config();
    add(text, "data", data.name() + ", " + data.examples());
    data.own()
        .ifPresent(
            reading -> {
              add(text, "reading", reading.cost());
              add(text, "storage", reading.storage());
            });
    if (tests()) {
      FinderPlan finder = plan.finder(data.train());
      add(
          text,
          "range test",
          "%s of at most %s steps, %s; %s"
              .formatted(
                  number(config.finder().repeats(), "repeat"),
                  count(finder.steps()),
                  number(finder.epochs(), "epoch"),
                  batches(config.finder().workers())));
    }
    confirmSteps().ifPresent(steps -> add(text, "confirm", confirm(steps)));
    sweep.lines().forEach(line -> add(text, line.name(), line.text()));
    Workload workload = sweep.requirements().workload();
    add(
        text,
        "slots",
        "up to %s tasks at the same time, each with spark.task.cpus cores"
            .formatted(workload.tasks()));
    add(
        text,
        "memory",
        "about %s of heap on the driver; of an executor %s of heap and %s outside of it, and"
                .formatted(
                    megabytes(workload.driverHeapBytes(workload.tasks())),
                    megabytes(workload.executorHeapBytes(1)),
                    megabytes(workload.offHeapBytes(1)))
            + " %s and %s more for each further task at a time"
                .formatted(
                    megabytes(workload.executorHeapBytes(2) - workload.executorHeapBytes(1)),
                    megabytes(workload.offHeapBytes(2) - workload.offHeapBytes(1))));
    add(text, "disk", disk(sweep.requirements()) + " in " + config.output());
    add(text, "time", sweep.time());
    return text.toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-12s%s%n", name, value));
  }

  private boolean tests() {
    return !command.equals("sweep");
  }

  /** As if no rung diverged. */
  private Optional<Long> confirmSteps() {
    return tests()
        ? plan.confirmCycle(data.train())
            .map(cycle -> (long) cycle.steps() * plan.halving().orElseThrow().trainedCycles())
        : Optional.empty();
  }

  private String confirm(long steps) {
    Halving halving = plan.halving().orElseThrow();
    return "%s, halved after each cycle of %s steps, %s cycles and %s steps in all; %s"
        .formatted(
            number(halving.candidates(), "upper bound"),
            count(plan.confirmCycle(data.train()).orElseThrow().steps()),
            halving.trainedCycles(),
            count(steps),
            sweepBatches());
  }

  private long testSteps() {
    return (long) plan.config().finder().repeats() * plan.finder(data.train()).steps();
  }

  /** As if every method gave a range of its own. */
  private List<Trial> trials() {
    return command.equals("find") ? List.of() : plan.sweep().trials(data.train());
  }

  private static long steps(List<Trial> trials) {
    return trials.stream().mapToLong(t -> (long) t.epochs() * t.stepsPerEpoch()).sum();
  }

  private String batches(int workers) {
    int batch = plan.config().batchSize();
    return workers == 1
        ? "1 worker, batches of " + batch
        : workers + " workers share batches of " + batch;
  }

  /** Not less than is demanded, which is before the classes of a user's own data are known. */
  private String disk(Requirements requirements) {
    return "at least "
        + megabytes(requirements.outputBytes(Math.max(data.classes(), Plan.CLASSES)));
  }

  private static String megabytes(long bytes) {
    return count((bytes + (1 << 20) - 1) >> 20) + " MB";
  }

  /** The bounds of a range, and who chose it. */
  public static String range(TrialRange range) {
    return Numbers.rate(range.bounds().baseLr())
        + " to "
        + Numbers.rate(range.bounds().maxLr())
        + range.method().map(method -> " (" + method + ")").orElse("");
  }

  /** So many of something. */
  public static String number(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String count(long count) {
    return Numbers.count(count);
  }
}
