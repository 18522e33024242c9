package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.Tables;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.TestJvm;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Runs in bfloat16, and in what auto chooses. */
@ExtendWith(LocalSpark.class)
class PrecisionRunTest {
  private static final String BFLOAT16 = "training.precision=bfloat16";
  private static final String TWO_WORKERS = "sweep.workers-per-trial=2";

  @TempDir private Path folder;
  private GrowingRun run;

  @BeforeEach
  void open(JavaSparkContext spark) {
    run = new GrowingRun(spark, folder);
  }

  private static void assumeSupported() {
    assumeTrue(
        Precision.BFLOAT16.isSupported(), "oneDNN has bfloat16 kernels for CPUs with AVX-512 only");
  }

  private static String precision(ResultStore store) {
    return store.read(Tables.RUNS, GrowingRun.ID).get(0).precision();
  }

  /** Its workers are side by side here; the other run's are one after the other. */
  @Test
  void aRunThatBreaksOffGoesOnToTheBitsOfOneThatDoesNot() throws Exception {
    assumeSupported();
    Experiment breaking =
        run.experiment(
                RunChoice.named(GrowingRun.ID), BFLOAT16, TWO_WORKERS, "checkpoint.trials=epoch")
            .printingTo(new PrintWriter(new BreaksAt("Sweep: 2 trials"), true));
    assertThatThrownBy(breaking::run).isInstanceOf(OutOfMemoryError.class);

    run.experiment(
            RunChoice.resume(GrowingRun.ID), BFLOAT16, TWO_WORKERS, "checkpoint.trials=epoch")
        .run();

    assertThat(precision(run.store())).isEqualTo("bfloat16");
    run.isAsAtOnce(BFLOAT16, TWO_WORKERS, "sweep.parallel-trials=1");
    assertThat(precision(run.storeAtOnce())).isEqualTo("bfloat16");
    assertThat(run.said()).contains("  precision  bfloat16");
  }

  @Test
  void anExtensionGoesOnInThePrecisionOfTheRun() throws Exception {
    assumeSupported();
    run.made(BFLOAT16);
    assertThatThrownBy(() -> run.extended("sweep.epochs=3"))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("training.precision: \"bfloat16\" then, \"float\" now");

    run.extended(BFLOAT16, "sweep.epochs=3");

    assertThat(run.said()).doesNotContain("is trained from its start");
    run.isAsAtOnce(BFLOAT16, "sweep.epochs=3");
  }

  @Test
  void bfloat16IsAnotherArithmeticAndFloatTheDefault() {
    assumeSupported();
    run.made();
    double floats = run.store().read(Tables.FINDER_STEPS, GrowingRun.ID).get(3).loss();
    assertThat(precision(run.store())).isEqualTo("float");

    run.experiment(RunChoice.named("bf"), BFLOAT16).run();

    double bfloats = run.store().read(Tables.FINDER_STEPS, "bf").get(3).loss();
    // Not the same, and not far off.
    assertThat(bfloats).isNotEqualTo(floats).isBetween(0.95 * floats, 1.05 * floats);
  }

  /** Runs in bfloat16 on a CPU that can't, and prints why not: the run, then a task of its own. */
  public static void main(String[] arguments) {
    SparkConf conf =
        new SparkConf()
            .setAppName("test")
            .setMaster("local[1]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      try {
        new GrowingRun(spark, Path.of(arguments[0])).made(BFLOAT16);
      } catch (RefusedException e) {
        System.out.println("run: " + e.getMessage());
      }
      NetworkSpec network =
          NetworkSpec.of(TestNetworks.batchNormAndDropout(new Nesterovs(1, 0.9)))
              .withPrecision(Precision.BFLOAT16);
      try (SparkEngine engine =
              new SparkEngine(
                  spark,
                  network,
                  spark.parallelize(List.<WorkerExamples>of(ArrayExamples.random(12, 1)), 1),
                  3);
          TrainingRun run = engine.start(network.initialState())) {
        run.train(new Round(0, 0, 12, new double[] {0.1}));
      } catch (Exception e) {
        System.out.println("task: " + e.getMessage());
      }
    }
  }

  /** As on an executor that came later, whose run knows nothing of its CPU. */
  @Test
  void aCpuWithoutAvx512IsRefusedByTheRunAndByEachTask() throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(TestJvm.command(List.of("-Xmx512m"), PrecisionRunTest.class, folder));
    builder.environment().put("DNNL_MAX_CPU_ISA", "AVX2");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(new File(log.toString())).start();

    assertThat(process.waitFor()).isZero();
    assertThat(log)
        .content()
        .containsPattern(
            "run: training.precision: bfloat16 needs AVX-512 on every executor, and the executor"
                + " on \\S+ \\(process \\d+\\) has no AVX-512; run without that host")
        .containsPattern(
            "task: [^\\n]*precision bfloat16 needs a CPU with AVX-512 for oneDNN's kernels");
  }

  @Test
  void autoSaysWhatItIs() {
    run.made("training.precision=auto");

    assertThat(precision(run.store())).isEqualTo("float");
    assertThat(run.said()).contains("training.precision = auto is float here: ");
  }

  @Test
  void aRangeHoldsForThePrecisionThatItWasFoundIn() {
    assumeSupported();
    String[] ranged = {"sweep.base-lrs=[]", "sweep.max-lrs=[]", "training.precision=auto"};
    run.experiment(RunChoice.named("found"), BFLOAT16).find();
    assertThatThrownBy(
            () ->
                run.experiment(RunChoice.named("other"), ranged[0], ranged[1])
                    .sweep(SourceRun.of("found")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("precision: bfloat16 then, float now");

    run.experiment(RunChoice.named(GrowingRun.ID), ranged).sweep(SourceRun.of("found"));

    assertThat(precision(run.store())).isEqualTo("bfloat16");
  }
}
