package org.lrsweep.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.acceleration.onednn.CpuKind;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.config.TrainingConfig.PrecisionChoice;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.training.spark.ExecutorCpu;

class RunPrecisionTest {
  private static final Map<CpuKind, Set<String>> COMPARED =
      Map.of(
          CpuKind.AMX, Set.of("small-cnn", "minigooglenet"),
          CpuKind.AVX512_BF16, Set.of("small-cnn"));

  private static RunPrecision of(
      PrecisionChoice wanted, Precision kept, String network, CpuKind... kinds) {
    List<ExecutorCpu> cpus =
        IntStream.range(0, kinds.length)
            .mapToObj(i -> new ExecutorCpu("executor " + i + " on host-" + i, kinds[i]))
            .toList();
    return RunPrecision.of(wanted, Optional.ofNullable(kept), network, () -> cpus, COMPARED);
  }

  private static List<ExecutorCpu> nobody() {
    throw new AssertionError("float is for every CPU, so that none need be asked");
  }

  @Test
  void floatAsksNobody() {
    RunPrecision of =
        RunPrecision.of(
            PrecisionChoice.FLOAT, Optional.empty(), "small-cnn", RunPrecisionTest::nobody);

    assertThat(of).isEqualTo(new RunPrecision(Precision.FLOAT, Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(PrecisionChoice.class)
  void aRunThatGoesOnKeepsItsOwn(PrecisionChoice wanted) {
    assertThat(
            RunPrecision.of(
                wanted, Optional.of(Precision.FLOAT), "small-cnn", RunPrecisionTest::nobody))
        .isEqualTo(new RunPrecision(Precision.FLOAT, Optional.empty()));
    assertThat(of(wanted, Precision.BFLOAT16, "resnet-9", CpuKind.AVX512).used())
        .isEqualTo(Precision.BFLOAT16);
    assertThatThrownBy(() -> of(wanted, Precision.BFLOAT16, "small-cnn", CpuKind.OTHER))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void bfloat16IsRefusedWhereAnExecutorHasNoKernelsOfIt() {
    assertThat(of(PrecisionChoice.BFLOAT16, null, "any.json", CpuKind.AVX512))
        .isEqualTo(new RunPrecision(Precision.BFLOAT16, Optional.empty()));
    assertThatThrownBy(
            () -> of(PrecisionChoice.BFLOAT16, null, "small-cnn", CpuKind.AMX, CpuKind.OTHER))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "training.precision: bfloat16 needs AVX-512 on every executor, and executor 1 on host-1"
                + " has no AVX-512; run without that host, or start a run with training.precision ="
                + " float");
  }

  @Test
  void autoIsBfloat16WhereItWasComparedOnEveryKind() {
    assertThat(of(PrecisionChoice.AUTO, null, "small-cnn", CpuKind.AMX, CpuKind.AMX))
        .isEqualTo(new RunPrecision(Precision.BFLOAT16, Optional.empty()));
    RunPrecision unlike =
        of(PrecisionChoice.AUTO, null, "small-cnn", CpuKind.AMX, CpuKind.AVX512_BF16);
    assertThat(unlike.used()).isEqualTo(Precision.BFLOAT16);
    assertThat(unlike.notice())
        .hasValue(
            "the executors' CPUs are unlike, and the last bits depend on which one trains what:"
                + " executor 0 on host-0 has AMX, executor 1 on host-1 has AVX512_BF16");
  }

  @Test
  void autoIsFloatWhereOneExecutorWouldNotGain() {
    RunPrecision agreed = of(PrecisionChoice.AUTO, null, "small-cnn", CpuKind.AMX, CpuKind.AVX512);

    assertThat(agreed.used()).isEqualTo(Precision.FLOAT);
    assertThat(agreed.notice())
        .hasValue(
            "training.precision = auto is float here: executor 1 on host-1 has AVX-512 without"
                + " AVX512_BF16, neither AMX nor AVX512_BF16");
  }

  @Test
  void autoIsFloatForWhatWasNotCompared() {
    RunPrecision agreed =
        of(PrecisionChoice.AUTO, null, "minigooglenet", CpuKind.AMX, CpuKind.AVX512_BF16);

    assertThat(agreed.used()).isEqualTo(Precision.FLOAT);
    assertThat(agreed.notice())
        .hasValue(
            "training.precision = auto is float here: bfloat16 has not been compared with float for"
                + " minigooglenet on CPUs with AVX512_BF16, as of executor 1 on host-1");
  }
}
