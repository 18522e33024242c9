package org.lrsweep.cli;

import java.util.concurrent.Callable;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.cli.options.PlanOption;
import org.lrsweep.cli.options.RunIdOption;
import org.lrsweep.cli.options.VerbosityOptions;
import org.lrsweep.experiment.Experiment;
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
  @Mixin private PlanOption planned;
  @Mixin private RunIdOption runId;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() {
    return CommandRun.execute(
        options,
        planned,
        runId.value(),
        verbosity,
        spec,
        Experiment::run,
        experiment -> experiment.plan(spec.name()));
  }
}
