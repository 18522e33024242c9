package org.lrsweep.experiment;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.phases.Tracking;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.PlanText;
import org.lrsweep.experiment.plan.PlannedData;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.RunLabels;
import org.lrsweep.experiment.run.RunOutput;
import org.lrsweep.experiment.run.Session;
import org.lrsweep.report.Report;
import org.lrsweep.report.RunSummary;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.terminal.Console;

/** What every run does around its training: output, session, status, report. */
final class ExperimentRun {
  private final Plan plan;
  private final RunChoice choice;
  private final Optional<JavaSparkContext> spark;
  private final Supplier<Console> consoles;
  private final CommandLines next;

  /**
   * @param spark the caller's context; empty if the run is to have one of its own
   * @param consoles opens where the run says how it gets on
   * @param next the command lines that come after this run
   */
  ExperimentRun(
      Plan plan,
      RunChoice choice,
      Optional<JavaSparkContext> spark,
      Supplier<Console> consoles,
      CommandLines next) {
    this.plan = plan;
    this.choice = choice;
    this.spark = spark;
    this.consoles = consoles;
    this.next = next;
  }

  /**
   * Executes a run.
   *
   * @param work what it does
   * @param training trains and records, and says whether it succeeded
   */
  ExperimentResult execute(RunOutput.Work work, Predicate<Session> training) {
    try (RunOutput output = RunOutput.open(plan, choice, work);
        Console console = consoles.get()) {
      PrintWriter chatter = console.chatter();
      chatter.printf(
          Locale.ROOT,
          output.extension().isPresent()
              ? "Run %s is extended in %s%n"
              : output.before().isEmpty() ? "Run %s, results go to %s%n" : "Run %s goes on in %s%n",
          output.runId(),
          plan.config().output());
      chatter.flush();
      String resume =
          "What is finished is kept. To go on from the last checkpoint:"
              + System.lineSeparator()
              + "  "
              + next.resume(output.runId());
      try (Interruption interruption = new Interruption(output, console.out(), resume);
          Session session = new Session(plan, output, console, spark, this::described)) {
        PlanText text =
            new PlanText(plan, work.command(), PlannedData.of(session.data(), Optional.empty()));
        chatter.println(
            output
                .extension()
                .map(more -> text.line(output.requirements(), more.trials().size()))
                .orElseGet(() -> text.line(output.requirements())));
        chatter.flush();
        try {
          train(session, training, interruption);
          notice(output, console, Optional.empty());
        } catch (StoppedException e) {
          interruption.ended();
          notice(output, console, Optional.of(e.getMessage()));
          throw new StoppedException(output.runId(), resume, e);
        } catch (RuntimeException | Error e) {
          notice(output, console, Optional.of(String.valueOf(e.getMessage())));
          throw e;
        }
      }
      return ExperimentResult.of(output.store(), output.runId());
    }
  }

  private void notice(RunOutput output, Console console, Optional<String> error) {
    plan.config()
        .notifyUrl()
        .ifPresent(
            url -> new EndNotice(url).send(output.store(), output.runId(), error, console.out()));
    plan.config()
        .mlflow()
        .ifPresent(
            server -> new Tracking(server, output.store(), output.runId()).sendLast(console.out()));
  }

  /** A row with the command that makes the run, and what was said of it, then and now. */
  private RunRow described(RunRow row, RunOutput output) {
    Optional<RunRow> before = output.before();
    Optional<String> again = next.again(output.sourceRun());
    String command = before.isPresent() ? before.get().command() : again.orElse(null);
    RunRow described =
        before
            .map(RunLabels::of)
            .orElse(RunLabels.NONE)
            .and(choice.labels())
            .on(row.described(command, null, null));
    return choice.isExtension()
        ? described.extendedBy(again.orElse("a program's --extend"))
        : described;
  }

  private void train(Session session, Predicate<Session> training, Interruption interruption) {
    try {
      boolean succeeded = StopRequests.heed(session.output(), () -> training.test(session));
      session.record().end(succeeded ? RunStatus.COMPLETED : RunStatus.FAILED);
      interruption.ended();
    } catch (StoppedException e) {
      throw e; // left as Ctrl-C leaves it
    } catch (Throwable e) { // an OutOfMemoryError ends a run too
      interruption.failed(() -> session.record().end(RunStatus.FAILED), e);
      throw e;
    }
    Report.write(session.store(), session.runId());
    session.console().out().println(RunSummary.of(session.store(), session.runId(), next));
  }
}
