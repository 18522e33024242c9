package org.lrsweep.experiment;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.plan.Requirements;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.run.RunOutput;
import org.lrsweep.results.ResultStore;
import org.lrsweep.testing.RunComparison;

/** A run of four steps an epoch that is extended, next to one that is asked for all at once. */
final class GrowingRun {
  static final String ID = "grown";
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 128, test-examples = 32, image-size = 8 }
        batch-size = 32
        model.network = small-cnn
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { base-lrs = [0.001], max-lrs = [0.01], step-sizes-epochs = [0.5, 1], epochs = 2 }
      }
      """;

  private final JavaSparkContext spark;
  private final Path output;
  private final Path atOnce;
  private final StringWriter said = new StringWriter();

  GrowingRun(JavaSparkContext spark, Path folder) {
    this.spark = spark;
    output = folder.resolve("output");
    atOnce = folder.resolve("at-once");
  }

  private static ExperimentConfig config(Path where, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("output=" + where);
    return ConfigLoader.load(SMALL, "test", all);
  }

  private Experiment experiment(Path where, RunChoice run, String... settings) {
    return Experiment.of(config(where, settings))
        .on(spark)
        .printingTo(new PrintWriter(said))
        .withRun(run);
  }

  Experiment experiment(RunChoice run, String... settings) {
    return experiment(output, run, settings);
  }

  /** What a command asks of disk and memory when it begins. */
  Requirements demanded(RunChoice run, RunOutput.Work work, String... settings) {
    try (RunOutput begun = RunOutput.open(new Plan(config(output, settings)), run, work)) {
      return begun.requirements();
    }
  }

  ExperimentResult made(String... settings) {
    return experiment(RunChoice.named(ID), settings).run();
  }

  ExperimentResult extended(String... settings) {
    return experiment(RunChoice.extend(ID), settings).sweep();
  }

  void isAsAtOnce(String... settings) throws Exception {
    experiment(atOnce, RunChoice.named(ID), settings).run();
    RunComparison.assertSame(output, atOnce, ID);
  }

  ResultStore store() {
    return ResultStore.open(output.toString(), new Configuration());
  }

  ResultStore storeAtOnce() {
    return ResultStore.open(atOnce.toString(), new Configuration());
  }

  /** What the runs have said. */
  String said() {
    return said.toString();
  }

  Path output() {
    return output;
  }
}
