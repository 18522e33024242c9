package org.lrsweep.experiment;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.data.Dataset;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.data.OwnData;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.phases.ExtensionPlan;
import org.lrsweep.experiment.phases.FinderPhase;
import org.lrsweep.experiment.phases.RangedPlan;
import org.lrsweep.experiment.phases.SweepPhase;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.experiment.plan.PlannedData;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.run.DataLoading;
import org.lrsweep.experiment.run.ExtendedRun;
import org.lrsweep.experiment.run.NamedPreview;
import org.lrsweep.experiment.run.OwnDataReading;
import org.lrsweep.experiment.run.OwnPreview;
import org.lrsweep.experiment.run.RunOutput;
import org.lrsweep.experiment.run.RunReading;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.ingest.preview.Preview;
import org.lrsweep.results.ResultStore;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.terminal.Console;

/**
 * A configured experiment, from data to tables and report: what the commands {@code find}, {@code
 * sweep} and {@code run} do. Each call makes a run of the experiment's output. Immutable, and may
 * be run several times.
 *
 * <p>What can't be done is refused before anything is trained, by a {@link RefusedException}, an
 * {@link org.lrsweep.config.InvalidConfigException} or an {@link
 * org.lrsweep.data.InvalidDataException}. A run that breaks off is recorded as FAILED, and the
 * exception passed on.
 */
public final class Experiment {
  private static final int SHOWN_EXAMPLES = 10;
  private static final String SWEEP = "sweep";
  private static final String NO_RANGE =
      """
      No sweep without a range. What you can do:
        - look at the plot, and set sweep.base-lrs and sweep.max-lrs yourself;
        - choose another method's answer with finder.method, or compare several with
          sweep.range-methods;
        - widen the test with finder.start-lr, finder.end-lr or finder.epochs.\
      """;

  private final Plan plan;
  private final RunChoice choice;
  private final Supplier<Console> console;
  private final CommandLines next;
  private final Optional<JavaSparkContext> spark;

  private Experiment(
      Plan plan,
      RunChoice choice,
      Supplier<Console> console,
      CommandLines next,
      Optional<JavaSparkContext> spark) {
    this.plan = plan;
    this.choice = choice;
    this.console = console;
    this.next = next;
    this.spark = spark;
  }

  /**
   * An experiment that makes new runs and prints nothing. It takes the Spark context that this JVM
   * has, as in a notebook, and leaves it open; where there is none it starts one, with the system
   * properties that begin with {@code spark.}, which experiments that begin meanwhile share, and
   * the last of them stops.
   *
   * @throws org.lrsweep.config.InvalidConfigException if nothing answers to a name
   */
  public static Experiment of(ExperimentConfig config) {
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return new Experiment(
        new Plan(config),
        RunChoice.fresh(),
        () -> Console.plain(nobody),
        CommandLines.after(List.of()),
        Optional.empty());
  }

  /** The same, which makes this run: a new one of a given name, or one that goes on. */
  public Experiment withRun(RunChoice run) {
    return new Experiment(plan, run, console, next, spark);
  }

  /** The same, on a context of the caller's, which stays open. */
  public Experiment on(JavaSparkContext context) {
    return new Experiment(plan, choice, console, next, Optional.of(context));
  }

  /** The same, which says line by line how it gets on. */
  public Experiment printingTo(PrintWriter out) {
    return printingTo(() -> Console.plain(out), next);
  }

  /**
   * The same, for a command.
   *
   * @param opened the console, which each run opens and closes
   * @param advice the command lines that come next
   */
  public Experiment printingTo(Supplier<Console> opened, CommandLines advice) {
    return new Experiment(plan, choice, opened, advice, spark);
  }

  /** Finds the range, sweeps over it, reports. */
  public ExperimentResult run() {
    return execute(
        new RunOutput.Work("run"),
        session -> {
          FinderPhase finder = new FinderPhase(session);
          List<TrialRange> ranges = finder.run();
          if (ranges.isEmpty()) {
            session.console().out().println(NO_RANGE);
            return false;
          }
          return new SweepPhase(session, finder).run(ranges);
        });
  }

  /**
   * What a command would do, without doing it: steps, trials, memory and disk. Loads the data,
   * since they follow from it; of a user's own, says what that took. Of a run that is to be
   * extended it says which trials are new and where the others go on, and writes nothing.
   *
   * @param command {@code run}, {@code find} or {@code sweep}
   */
  public String plan(String command) {
    requireWholeRun();
    if (choice.isExtension()) {
      ExtendedRun run = ExtendedRun.of(plan, choice);
      ExtensionPlan extension = RunReading.orRefused(() -> new ExtensionPlan(plan, run));
      return seen(
          data -> {
            run.requireSame(plan, data.sha256());
            return RunReading.orRefused(() -> extension.lines(new PlanText(plan, command, data)));
          });
    }
    if (command.equals(SWEEP)) {
      requireRange();
    }
    return seen(data -> new PlanText(plan, command, data).lines());
  }

  /** The same of a sweep in the range that an earlier run of the same output chose. */
  public String plan(SourceRun source) {
    requireWholeRun();
    requireUseOf(source);
    String output = plan.config().output();
    ResultStore store =
        RunReading.orRefused(() -> ResultStore.open(output, HadoopSettings.configuration()));
    SourceRange range = RunReading.orRefused(() -> SourceRange.of(plan, store, source));
    RangedPlan ranged = new RangedPlan(plan, store, range);
    return seen(
        data -> {
          List<String> differences = range.judged(source, data.name(), data.sha256());
          return RunReading.orRefused(
              () -> ranged.lines(new PlanText(plan, SWEEP, data), data.train(), differences));
        });
  }

  private void requireWholeRun() {
    if (choice.isResumption()) {
      throw new RefusedException(
          "--plan says what a whole run takes, not what is left of one; leave out --resume, or"
              + " --plan to go on");
    }
  }

  private String seen(Function<PlannedData, String> planned) {
    try (Console said = console.get()) {
      if (plan.readsOwnData()) {
        try (OwnDataReading own = new OwnDataReading(plan, spark, said)) {
          RunData data = new OwnData(own.data(), plan.augmentation());
          plan.requireFit(data);
          PlannedData.Reading reading =
              new PlannedData.Reading(own.cost(), OwnPreview.storage(own.data(), plan.config()));
          PlannedData seen = PlannedData.of(data, Optional.of(reading));
          return RefusedException.unlessValid(() -> planned.apply(seen));
        }
      }
      Dataset set = DataLoading.dataset(plan, HadoopSettings.configuration(), said);
      PlannedData seen = PlannedData.of(set);
      return RefusedException.unlessValid(() -> planned.apply(seen));
    }
  }

  /**
   * What a run would see of its data: counts, shape, range, some examples. Reads all of it; a
   * user's own on Spark.
   */
  public Preview preview() {
    try (Console said = console.get()) {
      if (plan.readsOwnData()) {
        try (OwnDataReading own = new OwnDataReading(plan, spark, said)) {
          return OwnPreview.of(own.data(), plan, SHOWN_EXAMPLES);
        }
      }
      Dataset set = DataLoading.dataset(plan, HadoopSettings.configuration(), said);
      return NamedPreview.of(set, plan, SHOWN_EXAMPLES);
    }
  }

  /** Runs the range test alone. */
  public ExperimentResult find() {
    return execute(
        new RunOutput.Work("find"), session -> !new FinderPhase(session).run().isEmpty());
  }

  /**
   * Trains the trials, in the range that the configuration names; of a run that is extended, in its
   * own range unless the configuration names one.
   */
  public ExperimentResult sweep() {
    if (choice.isExtension()) {
      return execute(
          new RunOutput.Work(SWEEP),
          session -> new SweepPhase(session).run(session.output().extension().orElseThrow()));
    }
    requireRange();
    return sweep(Optional.empty());
  }

  private void requireRange() {
    if (plan.sweep().needsFoundRange()) {
      throw new RefusedException(
          "sweep needs a range: give --from-run RUN_ID, or set sweep.base-lrs and sweep.max-lrs"
              + (comparesMethods() ? " without sweep.range-methods" : ""));
    }
  }

  /** Trains the trials, in the range that an earlier run of the same output chose. */
  public ExperimentResult sweep(SourceRun source) {
    requireUseOf(source);
    return sweep(Optional.of(source));
  }

  private void requireUseOf(SourceRun source) {
    if (!plan.sweep().needsFoundRange()) {
      throw new RefusedException(
          "--from-run "
              + source.runId()
              + ": its range would not be used, since sweep.max-lrs names one; leave out"
              + " --from-run, or sweep.base-lrs and sweep.max-lrs, or compare both with"
              + " sweep.range-methods");
    }
  }

  private ExperimentResult sweep(Optional<SourceRun> source) {
    return execute(
        new RunOutput.Work(SWEEP, source),
        session -> {
          Optional<SourceRange> from = session.source();
          from.ifPresent(run -> run.sentences().forEach(session.console().chatter()::println));
          return new SweepPhase(session)
              .run(from.map(SourceRange::trialRanges).orElseGet(plan.sweep()::givenRanges));
        });
  }

  private boolean comparesMethods() {
    return !plan.config().sweep().rangeMethods().isEmpty();
  }

  private ExperimentResult execute(RunOutput.Work work, Predicate<Session> training) {
    return new ExperimentRun(plan, choice, spark, console, next).execute(work, training);
  }
}
