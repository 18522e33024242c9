package org.lrsweep.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** The commands of {@link LocaleIT}, in a process with a locale of its own. */
final class LocaleProbe {
  private LocaleProbe() {}

  /** Takes a folder for what the commands leave and print. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String output = folder.resolve("results").toString();
    try (PrintWriter printed =
        new PrintWriter(folder.resolve("printed.txt").toFile(), StandardCharsets.UTF_8)) {
      execute(
          printed,
          "run --config conf/quickstart.conf --run-id Locale_1.x --verbose"
              + " --set data.dataset=generated-garments --set data.train-examples=768"
              + " --set data.test-examples=64 --set sweep.step-sizes-epochs=[0.5]"
              + " --set sweep.base-lrs=[1e-4] --set sweep.max-lrs=[0.0125] --set sweep.epochs=1 --set checkpoint.keep=true --set output="
              + output);
      execute(printed, "show --output " + output);
      execute(printed, "runs --output " + output);
      execute(printed, "export --output " + output + " --csv " + folder.resolve("csv"));
      execute(
          printed,
          "schedule --policy triangular --base-lr 1e-4 --max-lr 0.125 --steps 1200 --step-size-steps 300");
    }
  }

  private static void execute(PrintWriter printed, String command) {
    CommandLine line = LrSweep.commandLine().setOut(printed).setErr(printed);
    int exitCode = line.execute(command.split(" "));
    printed.flush();
    if (exitCode != CommandLine.ExitCode.OK) {
      printed.close();
      throw new AssertionError(command + " ended with exit code " + exitCode);
    }
  }
}
