package org.lrsweep.cli;

import java.util.concurrent.Callable;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.cli.options.PlanOption;
import org.lrsweep.cli.options.RunIdOption;
import org.lrsweep.cli.options.VerbosityOptions;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.experiment.request.SourceRun.OtherExperiment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep sweep}: the trials, with bounds from the configuration or an earlier run. */
@Command(
    name = "sweep",
    description = "Trains one trial for each step size, with a range given or found earlier.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions options;
  @Mixin private PlanOption planned;
  @Mixin private RunIdOption runId;
  @Mixin private VerbosityOptions verbosity;

  @ArgGroup(exclusive = false)
  private Source source;

  private static final class Source {
    @Option(
        names = "--from-run",
        required = true,
        paramLabel = "RUN_ID",
        description = "Takes the range that this run's finder chose, of the same output.")
    private String run;

    @Option(
        names = "--allow-other-experiment",
        description =
            "Takes it even if that run had other data, another network, optimizer or batch size.")
    private boolean otherToo;

    SourceRun value() {
      return new SourceRun(run, otherToo ? OtherExperiment.TAKEN : OtherExperiment.REFUSED);
    }
  }

  @Option(
      names = "--extend",
      paramLabel = "RUN_ID",
      description =
          "Adds the experiment's trials that this finished run of the output lacks, and trains"
              + " those longer that are to have more epochs now.")
  private String extended;

  private RunChoice choice() {
    if (extended == null) {
      return runId.value();
    }
    if (source != null || runId.isGiven()) {
      throw new RefusedException(
          "--extend names a run and has its range; leave out --run-id, --resume and --from-run");
    }
    return runId.extending(extended);
  }

  @Override
  public Integer call() {
    return CommandRun.execute(
        options,
        planned,
        choice(),
        verbosity,
        spec,
        experiment -> source == null ? experiment.sweep() : experiment.sweep(source.value()),
        experiment ->
            source == null ? experiment.plan(spec.name()) : experiment.plan(source.value()));
  }
}
