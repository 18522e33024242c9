package org.lrsweep.cli.schedule;

import com.univocity.parsers.csv.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.report.Plots;
import org.lrsweep.results.Csv;
import org.lrsweep.schedule.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep schedule}: a schedule's values, step by step. Starts no Spark. */
@Command(
    name = "schedule",
    description = "Writes a schedule as CSV: step, lr, momentum (empty if the schedule has none).",
    mixinStandardHelpOptions = true)
public final class ScheduleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ScheduleOptions options;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes the CSV into a file and not to the console.")
  private Path csv;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws the schedule as a PNG; the CSV is then written only if --csv is given.")
  private Path plot;

  @Override
  public Integer call() {
    Schedule schedule = options.schedule();
    if (plot != null) {
      draw(schedule);
    }
    if (csv == null && plot == null) {
      print(schedule, spec.commandLine().getOut());
    } else if (csv != null) {
      write(schedule);
    }
    return ExitCode.OK;
  }

  private void draw(Schedule schedule) {
    double[] lr =
        LongStream.range(0, options.steps()).mapToDouble(schedule::learningRate).toArray();
    double[] momentum =
        schedule.momentum(0).isEmpty()
            ? new double[0]
            : LongStream.range(0, options.steps())
                .mapToDouble(step -> schedule.momentum(step).orElseThrow())
                .toArray();
    Plots.writeSchedule(plot, options.policy(), lr, momentum);
  }

  private void write(Schedule schedule) {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      print(schedule, out);
      if (out.checkError()) {
        throw new RefusedException("--csv " + csv + " cannot be written to its end");
      }
    } catch (IOException e) {
      throw new RefusedException("--csv " + csv + " cannot be written: " + e, e);
    }
  }

  private void print(Schedule schedule, PrintWriter out) {
    CsvWriter csv = Csv.writer(out);
    csv.writeRow("step", "lr", "momentum");
    for (long step = 0; step < options.steps(); step++) {
      OptionalDouble momentum = schedule.momentum(step);
      csv.writeRow(
          step,
          schedule.learningRate(step),
          momentum.isPresent() ? (Double) momentum.getAsDouble() : null);
    }
    csv.flush();
  }
}
