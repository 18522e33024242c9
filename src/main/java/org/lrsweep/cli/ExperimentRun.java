package org.lrsweep.cli;

import java.io.PrintWriter;
import java.util.function.Predicate;
import org.lrsweep.report.Report;
import org.lrsweep.report.RunSummary;
import org.lrsweep.results.RunStatus;
import picocli.CommandLine.ExitCode;

/** What every command that trains does around its training: plan, session, status, report. */
final class ExperimentRun {
  static final String NO_RANGE =
      """
      No sweep without a range. What you can do:
        - look at the plot, and set sweep.base-lrs and sweep.max-lrs yourself;
        - choose another method's answer with finder.method, or compare several with
          sweep.range-methods;
        - widen the test with finder.start-lr, finder.end-lr or finder.epochs.""";

  private final Plan plan;
  private final String runId;
  private final PrintWriter out;

  ExperimentRun(Plan plan, String runId, PrintWriter out) {
    this.plan = plan;
    this.runId = runId;
    this.out = out;
  }

  /**
   * Executes a run.
   *
   * @param work trains and records, and says whether it succeeded
   * @return the exit code
   */
  int execute(Predicate<Session> work) {
    out.printf("Run %s, results go to %s%n", runId, plan.config().output());
    out.flush();
    try (Session session = new Session(plan, runId, out)) {
      boolean succeeded = false;
      try {
        succeeded = work.test(session);
      } finally {
        session.recordEnd(succeeded ? RunStatus.COMPLETED : RunStatus.FAILED);
      }
      Report.write(session.store(), runId);
      out.println(RunSummary.of(session.store(), runId));
      return succeeded ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
