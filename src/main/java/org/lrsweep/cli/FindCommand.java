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

/** {@code lrsweep find}: range test and its plot. */
@Command(
    name = "find",
    description = "Runs the LR range test, and says which range each method reads off it.",
    mixinStandardHelpOptions = true)
final class FindCommand implements Callable<Integer> {
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
        Experiment::find,
        experiment -> experiment.plan(spec.name()));
  }
}
