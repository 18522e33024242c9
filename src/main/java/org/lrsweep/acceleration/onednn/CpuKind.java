package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.global.dnnl;

/**
 * What a CPU has for bfloat16, as far as oneDNN uses it; each kind has what those before it have.
 * {@code DNNL_MAX_CPU_ISA} in the environment limits it, as it limits oneDNN.
 */
public enum CpuKind {
  /** No kernels of bfloat16. */
  OTHER("no AVX-512"),
  /** Kernels that convert to float inside. */
  AVX512("AVX-512 without AVX512_BF16"),
  /** Dot products of bfloat16. */
  AVX512_BF16("AVX512_BF16"),
  /** Tiles of bfloat16. */
  AMX("AMX");

  private final String label;

  CpuKind(String label) {
    this.label = label;
  }

  /** The kind that this process runs on. */
  public static CpuKind ofThisProcess() {
    if (!OneDnn.isAvailable()) {
      return OTHER;
    }
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    if (contains(isa, dnnl.dnnl_cpu_isa_avx512_core_amx)) {
      return AMX;
    }
    if (contains(isa, dnnl.dnnl_cpu_isa_avx512_core_bf16)) {
      return AVX512_BF16;
    }
    return contains(isa, dnnl.dnnl_cpu_isa_avx512_core) ? AVX512 : OTHER;
  }

  /** oneDNN's numbers for instruction sets have a bit for each that is contained. */
  private static boolean contains(int isa, int instructions) {
    return (isa & instructions) == instructions;
  }

  /** A phrase for messages. */
  public String label() {
    return label;
  }
}
