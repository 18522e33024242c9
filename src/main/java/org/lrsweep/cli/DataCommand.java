package org.lrsweep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.lrsweep.data.DatasetLoader;
import org.lrsweep.data.DatasetLocations;
import org.lrsweep.data.FileCheck;
import org.lrsweep.data.GeneratedGarments;
import org.lrsweep.data.HadoopFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lrsweep data}: fetches, verifies or generates a data set. Starts no Spark. */
@Command(
    name = "data",
    description = "Fetches or verifies Fashion-MNIST, or generates the garments data set.",
    mixinStandardHelpOptions = true)
final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Task task;

  private static final class Task {
    @Option(
        names = "--fetch",
        description = "Downloads Fashion-MNIST into the cache and verifies it.")
    private boolean fetch;

    @Option(
        names = "--verify",
        paramLabel = "DIR",
        description = "Verifies the Fashion-MNIST files of a folder or Hadoop URI.")
    private String verify;

    @Option(
        names = "--generate",
        paramLabel = "DIR",
        description = "Writes the generated garments as idx files into a folder or Hadoop URI.")
    private String generate;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    HadoopFiles files = new HadoopFiles(new Configuration());
    DatasetLoader loader = new DatasetLoader(DatasetLocations.ofProcess(), files, out::println);
    if (task.fetch) {
      out.println("Fashion-MNIST is in " + loader.fetch() + ", verified");
      return ExitCode.OK;
    }
    return task.verify == null ? generate(files, out) : verify(loader, out);
  }

  private int verify(DatasetLoader loader, PrintWriter out) {
    List<FileCheck> checks = loader.verify(task.verify);
    for (FileCheck check : checks) {
      out.println(check.file() + ": " + check.problem().orElse("intact"));
    }
    return checks.stream().allMatch(FileCheck::isIntact) ? ExitCode.OK : ExitCode.USAGE;
  }

  private int generate(HadoopFiles files, PrintWriter out) throws IOException {
    GeneratedGarments.writeTo(files, task.generate);
    out.println(GeneratedGarments.NAME + " is in " + task.generate);
    return ExitCode.OK;
  }
}
