package org.lrsweep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.load.DatasetLoader;
import org.lrsweep.data.load.DatasetLocations;
import org.lrsweep.data.load.FileCheck;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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

  @Mixin private ExperimentOptions options;

  @ArgGroup(multiplicity = "0..1")
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
    HadoopFiles files = new HadoopFiles(HadoopSettings.configuration());
    DatasetLoader loader = new DatasetLoader(DatasetLocations.ofProcess(), files, out::println);
    if (task == null) {
      return load(loader, out);
    }
    if (task.fetch) {
      out.println("Fashion-MNIST is in " + loader.fetch() + ", verified");
      return ExitCode.OK;
    }
    return task.verify == null ? generate(files, out) : verify(loader, out);
  }

  /** Has the experiment's data set fetched, verified or generated, whichever it needs. */
  private int load(DatasetLoader loader, PrintWriter out) {
    if (!options.areGiven()) {
      throw new RefusedException(
          "data needs --fetch, --verify DIR, --generate DIR, or an experiment by --config FILE");
    }
    if (options.plan().readsOwnData()) {
      throw new RefusedException(
          "data knows the sets with names; a run itself says what it finds in data of your own");
    }
    Dataset dataset = loader.load(options.plan().data());
    out.printf(
        Locale.ROOT,
        "%s: %d training and %d test images of %d classes, SHA-256 %s%n",
        dataset.name(),
        dataset.train().size(),
        dataset.test().size(),
        dataset.classes(),
        dataset.sha256());
    return ExitCode.OK;
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
