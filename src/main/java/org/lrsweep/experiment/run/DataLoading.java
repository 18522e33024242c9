package org.lrsweep.experiment.run;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.config.DataPart;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.load.DatasetLoader;
import org.lrsweep.data.load.DatasetLocations;
import org.lrsweep.experiment.data.NamedData;
import org.lrsweep.experiment.data.OwnData;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.terminal.Console;

/** Loads the data that a plan names. */
public final class DataLoading {
  private DataLoading() {}

  /**
   * The data for a run on Spark.
   *
   * @throws RefusedException if a named set can't be loaded, or there are fewer examples than the
   *     plan's batch or a trial's workers need
   */
  static RunData load(Plan plan, JavaSparkContext spark, Console console) {
    if (plan.ownData().isPresent()) {
      PartitionedData own = plan.ownData().get().read(spark);
      own.notices().forEach(console::notice);
      return checked(new OwnData(own, plan.augmentation()), plan.config());
    }
    Dataset dataset = dataset(plan, spark.hadoopConfiguration(), console);
    return checked(
        new NamedData(spark, dataset, plan.config().data().imageSize(), plan.augmentation()),
        plan.config());
  }

  /**
   * A set that has a name, with the fraction for validation held out.
   *
   * @throws RefusedException if it can't be loaded
   * @throws org.lrsweep.data.InvalidDataException if its files are none or damaged
   */
  public static Dataset dataset(Plan plan, Configuration hadoop, Console console) {
    DatasetLoader loader =
        new DatasetLoader(DatasetLocations.ofProcess(), new HadoopFiles(hadoop), console::notice);
    Dataset set = RefusedException.unlessValid("data", () -> loader.load(plan.data()));
    return plan.config().data().source().validation() instanceof DataPart.Fraction fraction
        ? RefusedException.unlessValid(
            () -> set.withValidation(fraction.of(), plan.config().seed()))
        : set;
  }

  private static RunData checked(RunData data, ExperimentConfig config) {
    int examples = data.trainExamples();
    if (config.batchSize() > examples) {
      throw new RefusedException(
          "batch-size must be <= the number of training examples ("
              + examples
              + "), found "
              + config.batchSize());
    }
    int workers = config.sweep().workersPerTrial();
    if (workers > data.validationExamples()) {
      throw new RefusedException(
          "sweep.workers-per-trial must be <= the number of "
              + data.validationName()
              + " examples ("
              + data.validationExamples()
              + "), found "
              + workers);
    }
    return data;
  }
}
