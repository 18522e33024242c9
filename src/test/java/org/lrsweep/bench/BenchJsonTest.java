package org.lrsweep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.bench.acceleration.BenchResult;
import org.lrsweep.bench.acceleration.Engine;
import org.lrsweep.bench.acceleration.Phase;
import org.lrsweep.bench.acceleration.SideBySideResult;
import org.lrsweep.bench.sweep.TrialsResult;
import org.lrsweep.bench.training.RoundsEngine;
import org.lrsweep.bench.training.RoundsResult;
import org.lrsweep.network.zoo.NetworkType;

class BenchJsonTest {

  @Test
  void aMeasurementIsOneLineWithItsNumbersRounded() {
    assertThat(
            BenchJson.of(
                new BenchResult(
                    NetworkType.MINIGOOGLENET,
                    Phase.TRAIN,
                    64,
                    2,
                    Engine.ACCELERATED,
                    400,
                    88,
                    Precision.BFLOAT16)))
        .isEqualTo(
            "{\"model\":\"minigooglenet\",\"phase\":\"train\",\"batch\":64,\"threads\":2,"
                + "\"engine\":\"accelerated\",\"median_ms\":400.000,\"images_per_s\":160.0,"
                + "\"gflop_per_s\":220.00,\"precision\":\"bfloat16\"}");
    assertThat(
            BenchJson.of(
                new SideBySideResult(
                    NetworkType.MINIGOOGLENET, 64, 2, 1, 800, 1000, 1.9, Precision.FLOAT)))
        .isEqualTo(
            "{\"model\":\"minigooglenet\",\"phase\":\"train\",\"batch\":64,\"threads\":1,"
                + "\"engine\":\"accelerated\",\"workers\":2,\"alone_ms\":800.000,"
                + "\"together_ms\":1000.000,\"images_per_s\":128.0,\"times_one\":1.600,"
                + "\"peak_times_one\":1.900,\"precision\":\"float\"}");
    assertThat(
            BenchJson.of(
                new RoundsResult(
                    "tiny",
                    1_650_000_000_000L,
                    RoundsEngine.LRSWEEP,
                    2,
                    64,
                    9,
                    10.0625,
                    8,
                    2.0005,
                    1e-5)))
        .isEqualTo(
            "{\"network\":\"tiny\",\"parameters\":1650000000000,\"engine\":\"lrsweep\","
                + "\"workers\":2,\"batch\":64,\"rounds\":9,\"round_ms\":10.063,"
                + "\"training_ms\":8.000,\"overhead_ms\":2.001,\"overhead_p90_ms\":0.000}");
    assertThat(BenchJson.of(new TrialsResult("tiny", 1, 4, 10, 2, 1)))
        .isEqualTo(
            "{\"network\":\"tiny\",\"trials\":1,\"slots\":4,\"steps\":10,\"seconds\":2.000,"
                + "\"training_seconds\":1.000,\"training_share\":0.5000}");
  }

  /** JSON has no NaN. */
  @Test
  void whatIsNotFiniteIsNull() {
    assertThat(BenchJson.of(new TrialsResult("tiny", 1, 4, 10, 0, 0)))
        .endsWith("\"training_seconds\":0.000,\"training_share\":null}");
  }
}
