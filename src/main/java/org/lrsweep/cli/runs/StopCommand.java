package org.lrsweep.cli.runs;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.lrsweep.checkpoint.RunFolder;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep stop}: has a run end that another process is at work on. Starts no Spark. */
@Command(
    name = "stop",
    description =
        "Stops a run from another terminal or host, as Ctrl-C would; --resume goes on with it.",
    mixinStandardHelpOptions = true)
public final class StopCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;
  @Mixin private RunIdParameter run;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long to wait for the run's end, by default ${DEFAULT-VALUE}.")
  private int seconds;

  @Override
  public Integer call() throws InterruptedException {
    String id = run.in(output.store());
    RunFolder folder = output.folder(id);
    if (!folder.isHeld()) {
      throw new RefusedException(
          "Run "
              + id
              + " is not at work, so there is nothing to stop; lrsweep runs says how it is");
    }
    PrintWriter out = spec.commandLine().getOut();
    folder.askToStop();
    long giveUpAt = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (folder.isHeld()) {
      if (System.nanoTime() > giveUpAt) {
        out.println("Run " + id + " is asked to stop, and has not stopped yet.");
        return ExitCode.SOFTWARE;
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    out.println(
        "Run " + id + " has ended; --resume " + id + " goes on with it unless it was done.");
    return ExitCode.OK;
  }
}
