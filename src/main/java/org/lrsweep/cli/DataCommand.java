package org.lrsweep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.lrsweep.cli.options.ExperimentOptions;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.load.DatasetLoader;
import org.lrsweep.data.load.DatasetLocations;
import org.lrsweep.data.load.FileCheck;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.command.CommandLines;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.ingest.preview.Preview;
import org.lrsweep.ingest.preview.PreviewPicture;
import org.lrsweep.ingest.preview.PreviewText;
import org.lrsweep.storage.HadoopPath;
import org.lrsweep.storage.OutputFiles;
import org.lrsweep.terminal.Console;
import org.lrsweep.terminal.Verbosity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lrsweep data}: shows an experiment's data; fetches, verifies or generates the sets with
 * names. Only a user's own data needs Spark.
 */
@Command(
    name = "data",
    description = {
      "Shows what a run would see of its data, with --config.",
      "Or fetches or verifies Fashion-MNIST, or generates the garments data set."
    },
    mixinStandardHelpOptions = true)
final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description =
          "With --config: where the picture of ten examples goes; else data-examples.png of the"
              + " output.")
  private String picture;

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
    if (task != null && picture != null) {
      throw new RefusedException(
          "--picture shows examples of an experiment: give it with --config FILE alone");
    }
    if (task == null) {
      return show(out);
    }
    if (task.fetch) {
      out.println("Fashion-MNIST is in " + loader.fetch() + ", verified");
      return ExitCode.OK;
    }
    return task.verify == null ? generate(files, out) : verify(loader, out);
  }

  /** Has the experiment's data fetched, verified, generated or read, and shows it. */
  private int show(PrintWriter out) throws IOException {
    if (!options.areGiven()) {
      throw new RefusedException(
          "data needs --fetch, --verify DIR, --generate DIR, or an experiment by --config FILE");
    }
    ExperimentConfig config = options.load();
    Preview preview =
        Experiment.of(config)
            .printingTo(() -> Console.open(out, Verbosity.NORMAL), CommandLines.after(List.of()))
            .preview();
    out.println(preview.title());
    out.print(new PreviewText(preview).lines());
    out.println("  picture   " + write(preview, config.output()));
    out.flush();
    return ExitCode.OK;
  }

  private String write(Preview preview, String output) throws IOException {
    Configuration hadoop = HadoopSettings.configuration();
    Path target = HadoopPath.of(picture == null ? output + "/data-examples.png" : picture);
    OutputFiles files = new OutputFiles(String.valueOf(target.getParent()), hadoop);
    Path file = files.path(target.getName());
    files.replace(file, new PreviewPicture(preview)::writeTo);
    return file.toString();
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
