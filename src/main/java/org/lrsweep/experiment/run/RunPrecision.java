package org.lrsweep.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lrsweep.acceleration.onednn.CpuKind;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.config.TrainingConfig.PrecisionChoice;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.training.spark.ExecutorCpu;

/**
 * The precision that all of a run's executors train in.
 *
 * @param used by all of them
 * @param notice what the user should know of it; empty if nothing
 */
record RunPrecision(Precision used, Optional<String> notice) {
  /**
   * The networks whose range tests and trials have been compared with float on a kind of CPU, with
   * ranges and accuracies as near as docs/experiments/precision asks. For these auto is bfloat16.
   */
  private static final Map<CpuKind, Set<String>> COMPARED = Map.of();

  /**
   * What a run trains in.
   *
   * @param wanted by its configuration
   * @param kept that of the run that goes on, or of the run whose range auto trains with; empty if
   *     it is free
   * @param network as {@code model.network} has it
   * @param cpus asks the executors; they are asked if it matters
   * @throws RefusedException if it is bfloat16 and one of them has no kernels of it
   */
  static RunPrecision of(
      PrecisionChoice wanted,
      Optional<Precision> kept,
      String network,
      Supplier<List<ExecutorCpu>> cpus) {
    return of(wanted, kept, network, cpus, COMPARED);
  }

  static RunPrecision of(
      PrecisionChoice wanted,
      Optional<Precision> kept,
      String network,
      Supplier<List<ExecutorCpu>> cpus,
      Map<CpuKind, Set<String>> compared) {
    if (kept.isEmpty() && wanted == PrecisionChoice.AUTO) {
      return chosen(network, cpus.get(), compared);
    }
    Precision fixed =
        kept.orElse(wanted == PrecisionChoice.BFLOAT16 ? Precision.BFLOAT16 : Precision.FLOAT);
    return fixed == Precision.FLOAT
        ? new RunPrecision(fixed, Optional.empty())
        : bfloat16(cpus.get());
  }

  private static RunPrecision chosen(
      String network, List<ExecutorCpu> cpus, Map<CpuKind, Set<String>> compared) {
    for (ExecutorCpu cpu : cpus) {
      if (!Precision.BFLOAT16.isNativeTo(cpu.kind())) {
        return autoFloat(
            "%s has %s, neither AMX nor AVX512_BF16".formatted(cpu.place(), cpu.kind().label()));
      }
      if (!compared.getOrDefault(cpu.kind(), Set.of()).contains(network)) {
        return autoFloat(
            "bfloat16 has not been compared with float for %s on CPUs with %s, as of %s"
                .formatted(network, cpu.kind().label(), cpu.place()));
      }
    }
    return bfloat16(cpus);
  }

  private static RunPrecision autoFloat(String reason) {
    return new RunPrecision(
        Precision.FLOAT, Optional.of("training.precision = auto is float here: " + reason));
  }

  private static RunPrecision bfloat16(List<ExecutorCpu> cpus) {
    for (ExecutorCpu cpu : cpus) {
      if (!Precision.BFLOAT16.isSupportedBy(cpu.kind())) {
        throw new RefusedException(
            ("training.precision: bfloat16 needs AVX-512 on every executor, and %s has %s; run"
                    + " without that host, or start a run with training.precision = float")
                .formatted(cpu.place(), cpu.kind().label()));
      }
    }
    return new RunPrecision(Precision.BFLOAT16, unlike(cpus));
  }

  private static Optional<String> unlike(List<ExecutorCpu> cpus) {
    if (cpus.stream().map(ExecutorCpu::kind).distinct().count() <= 1) {
      return Optional.empty();
    }
    return Optional.of(
        "the executors' CPUs are unlike, and the last bits depend on which one trains what: "
            + cpus.stream()
                .map(cpu -> cpu.place() + " has " + cpu.kind().label())
                .collect(Collectors.joining(", ")));
  }
}
