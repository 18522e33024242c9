package org.lrsweep.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunChoice;

class RunOutputTest {
  private static final RunOutput.Work RUN = new RunOutput.Work("run");

  @TempDir private Path output;

  private RunOutput open(RunChoice choice) {
    List<String> settings = List.of("model.network=small-cnn", "output=" + output);
    return RunOutput.open(new Plan(ConfigLoader.load("", "test", settings)), choice, RUN);
  }

  @Test
  void aRunIsHeldWhileItIsOpenAndLeavesNothingIfItNeverBegan() {
    try (RunOutput held = open(RunChoice.named("a"))) {
      assertThat(held.runId()).isEqualTo("a");
      assertThat(output.resolve("checkpoints/a/manifest")).exists();
      assertThatThrownBy(() -> open(RunChoice.named("a")))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("Another process is at work on this run (process ");
    }

    assertThat(output.resolve("checkpoints/a")).doesNotExist();
    open(RunChoice.named("a")).close();
  }

  @Test
  void aFreshRunHasAnIdOfItsOwn() {
    try (RunOutput one = open(RunChoice.fresh());
        RunOutput two = open(RunChoice.fresh())) {
      assertThat(one.runId()).startsWith("run-").isNotEqualTo(two.runId());
    }
  }

  @Test
  void whatIsNotThereCannotGoOn() {
    assertThatThrownBy(() -> open(RunChoice.resume("nobody")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Run nobody is not in file:" + output);
  }

  @Test
  void anOutputThatWouldBeLostWithTheDriverIsRefused() {
    SparkConf yarn =
        new SparkConf(false).set("spark.master", "yarn").set("spark.submit.deployMode", "cluster");

    assertThatThrownBy(() -> RunOutput.refuseLostOutput("results", yarn))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "output results is a folder of the driver, which runs on the cluster, and would be lost"
                + " with it; set output to a URI, as hdfs:///runs, or submit with --deploy-mode"
                + " client");
    assertThatCode(() -> RunOutput.refuseLostOutput("hdfs:///runs", yarn))
        .doesNotThrowAnyException();
    assertThatCode(() -> RunOutput.refuseLostOutput("results", new SparkConf(false)))
        .doesNotThrowAnyException();
  }
}
