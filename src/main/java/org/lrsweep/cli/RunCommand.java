package org.lrsweep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.lrsweep.experiment.ExperimentRun;
import org.lrsweep.experiment.FinderPhase;
import org.lrsweep.experiment.Plan;
import org.lrsweep.experiment.RunOutput;
import org.lrsweep.experiment.SweepPhase;
import org.lrsweep.sweep.TrialRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lrsweep run}: range test, choice of the range, sweep, report. */
@Command(
    name = "run",
    description = "Finds the LR range, sweeps cyclical LRs over it, and reports.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions options;
  @Mixin private RunIdOption runId;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() {
    Plan plan = options.plan();
    return CommandRun.of(plan, runId, verbosity, spec)
        .execute(
            new RunOutput.Work("run"),
            session -> {
              List<TrialRange> ranges = new FinderPhase(session).run();
              if (ranges.isEmpty()) {
                session.console().out().println(ExperimentRun.NO_RANGE);
                return false;
              }
              return new SweepPhase(session).run(ranges);
            });
  }
}
