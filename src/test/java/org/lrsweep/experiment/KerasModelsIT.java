package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunStatus;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.LocalSpark;

/** Experiments that train models which Keras 2.14 and 3.9 saved. */
@ExtendWith(LocalSpark.class)
@EnabledIfEnvironmentVariable(named = "KERAS_MODELS_DIR", matches = ".+")
class KerasModelsIT {
  private static final String SMALL =
      """
      lrsweep {
        data { dataset = generated-garments, train-examples = 256, test-examples = 64, image-size = 28 }
        data.augmentation.shift = 0
        optimizer.type = model
        finder { start-lr = 1.0e-4, epochs = 1 }
        sweep { step-sizes-epochs = [0.5], epochs = 2, base-lrs = [0.001], max-lrs = [0.01] }
      }
      """;

  @TempDir private Path folder;

  private Experiment experiment(JavaSparkContext spark, String version, String... settings) {
    Path models = Path.of(System.getenv("KERAS_MODELS_DIR"));
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("model.network=" + models.resolve("keras-" + version + "-mnist-cnn.h5"));
    all.add("output=" + folder.resolve("results"));
    return Experiment.of(ConfigLoader.load(SMALL, "test", all)).on(spark);
  }

  private ResultStore store() {
    return ResultStore.open(folder.resolve("results").toString(), new Configuration());
  }

  private List<EpochRow> learned(ExperimentResult result, String version) {
    assertThat(result.status()).as(version).isEqualTo(RunStatus.COMPLETED);
    List<EpochRow> epochs = store().read(Tables.EPOCHS, result.runId());
    assertThat(epochs.get(1).trainLoss()).as(version).isLessThan(epochs.get(0).trainLoss());
    return epochs;
  }

  @Test
  void areTrained(JavaSparkContext spark) {
    for (String version : List.of("2.14", "3.9")) {
      ExperimentResult result =
          experiment(spark, version)
              .withRun(RunChoice.named("keras-" + version.replace('.', '-')))
              .run();

      learned(result, version);
    }
  }

  /** Digits that neither model has seen: eight pixels high, enlarged to the 28 that they read. */
  @Test
  void areTrainedOnDigitsInIdx(JavaSparkContext spark) throws Exception {
    Sklearn.assumeThere();
    Sklearn.run("digits-idx.py", folder);
    for (String version : List.of("2.14", "3.9")) {
      ExperimentResult result =
          experiment(
                  spark,
                  version,
                  "data.dataset=idx",
                  "data.train=" + folder,
                  "data.test=" + folder,
                  "data.train-examples=null",
                  "data.test-examples=null",
                  "sweep.max-lrs=[0.003]")
              .withRun(RunChoice.named("digits-" + version.replace('.', '-')))
              .run();

      List<EpochRow> epochs = learned(result, version);
      assertThat(store().read(Tables.RUNS, result.runId()).get(0).trainExamples()).isEqualTo(1348);
      assertThat(epochs.get(1).valAccuracy()).as(version + ", of 0.1 by chance").isGreaterThan(0.8);
    }
  }
}
