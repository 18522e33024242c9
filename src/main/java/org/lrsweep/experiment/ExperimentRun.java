package org.lrsweep.experiment;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.lrsweep.report.Report;
import org.lrsweep.report.RunSummary;
import org.lrsweep.results.RunStatus;
import org.lrsweep.terminal.Console;
import org.lrsweep.terminal.Verbosity;

/** What every command that trains does around its training: plan, session, status, report. */
public final class ExperimentRun {
  public static final String NO_RANGE =
      """
      No sweep without a range. What you can do:
        - look at the plot, and set sweep.base-lrs and sweep.max-lrs yourself;
        - choose another method's answer with finder.method, or compare several with
          sweep.range-methods;
        - widen the test with finder.start-lr, finder.end-lr or finder.epochs.\
      """;

  private final Plan plan;
  private final RunChoice choice;
  private final List<String> arguments;
  private final Verbosity verbosity;
  private final PrintWriter out;

  /**
   * @param arguments the command line that is executed, from which the one that resumes is made
   * @param out where the run says how it gets on
   */
  public ExperimentRun(
      Plan plan, RunChoice choice, Verbosity verbosity, List<String> arguments, PrintWriter out) {
    this.plan = plan;
    this.choice = choice;
    this.verbosity = verbosity;
    this.arguments = List.copyOf(arguments);
    this.out = out;
  }

  /**
   * Executes a run.
   *
   * @param work what the command does
   * @param training trains and records, and says whether it succeeded
   * @return whether it succeeded
   */
  public boolean execute(RunOutput.Work work, Predicate<Session> training) {
    try (RunOutput output = RunOutput.open(plan, choice, work);
        Console console = Console.open(out, verbosity)) {
      PrintWriter chatter = console.chatter();
      chatter.printf(
          Locale.ROOT,
          output.before().isEmpty() ? "Run %s, results go to %s%n" : "Run %s goes on in %s%n",
          output.runId(),
          plan.config().output());
      chatter.flush();
      String resume =
          "What is finished is kept. To go on from the last checkpoint: "
              + ResumeCommand.of(arguments, output.runId());
      try (Interruption interruption = new Interruption(output, console.out(), resume);
          Session session = new Session(plan, output, console)) {
        return execute(session, training, interruption);
      }
    }
  }

  private boolean execute(Session session, Predicate<Session> training, Interruption interruption) {
    boolean succeeded;
    try {
      succeeded = training.test(session);
      session.recordEnd(succeeded ? RunStatus.COMPLETED : RunStatus.FAILED);
      interruption.ended();
    } catch (RuntimeException e) {
      interruption.failed(() -> session.recordEnd(RunStatus.FAILED), e);
      throw e;
    }
    Report.write(session.store(), session.runId());
    session.console().out().println(RunSummary.of(session.store(), session.runId()));
    return succeeded;
  }
}
