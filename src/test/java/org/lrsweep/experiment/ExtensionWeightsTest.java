package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.LocalSpark;

/** Averaged weights of runs that are extended. */
@ExtendWith(LocalSpark.class)
class ExtensionWeightsTest {
  @TempDir private Path folder;
  private GrowingRun run;

  @BeforeEach
  void open(JavaSparkContext spark) {
    run = new GrowingRun(spark, folder);
  }

  @Test
  void keptWeightsGoOnFromKeptCheckpoints() throws Exception {
    String[] kept = {
      "checkpoint.keep=true", "checkpoint.trials=epoch", "sweep.average=swa", "sweep.snapshots=true"
    };
    run.made(kept);

    run.extended(kept[0], kept[1], kept[2], kept[3], "sweep.epochs=4");

    assertThat(run.said()).doesNotContain("is trained from its start");
    run.isAsAtOnce(kept[0], kept[1], kept[2], kept[3], "sweep.epochs=4");
    assertThat(run.store().read(Tables.WEIGHTS, GrowingRun.ID))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("modelPath")
        .isEqualTo(run.storeAtOnce().read(Tables.WEIGHTS, GrowingRun.ID));
  }

  @Test
  void whatKeptTooLittleIsTrainedFromItsStart() throws Exception {
    run.made("sweep.average=swa");

    run.extended("sweep.average=swa", "sweep.epochs=4");

    assertThat(run.said()).contains("NOTE: trial-01 is trained from its start");
    run.isAsAtOnce("sweep.average=swa", "sweep.epochs=4");
  }
}
