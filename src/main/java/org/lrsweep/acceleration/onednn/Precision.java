package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The number format of activations and their gradients between accelerated layers. Parameters,
 * their gradients, a batch norm's statistics, sums inside a kernel, and what the network puts out
 * are single precision in either.
 */
public enum Precision {
  /** IEEE single precision, 24 significant bits. */
  FLOAT("float", memory.data_type.f32, DataType.FLOAT),
  /** The upper half of a float: its range, but 8 significant bits. */
  BFLOAT16("bfloat16", memory.data_type.bf16, DataType.BFLOAT16);

  private final String label;
  private final memory.data_type kernels;
  private final DataType arrays;

  Precision(String label, memory.data_type kernels, DataType arrays) {
    this.label = label;
    this.kernels = kernels;
    this.arrays = arrays;
  }

  /**
   * The precision of a name, as tables and options have it.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision named(String name) {
    for (Precision precision : values()) {
      if (precision.label.equals(name)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "precision must be float or bfloat16, found '%s'".formatted(name));
  }

  /** The precision that a table has; null in rows of older versions, which knew float alone. */
  public static Precision recorded(String name) {
    return name == null ? FLOAT : named(name);
  }

  /** The name that tables and options use. */
  public String label() {
    return label;
  }

  /**
   * The format of an array's values.
   *
   * @throws IllegalArgumentException if it is another than these
   */
  public static Precision of(INDArray array) {
    for (Precision precision : values()) {
      if (precision.arrays == array.dataType()) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "oneDNN layers need FLOAT arrays, found " + array.dataType());
  }

  /** Whether oneDNN has kernels of this format for the CPU: bfloat16 needs AVX-512. */
  public boolean isSupported() {
    return this == FLOAT || isSupportedBy(CpuKind.ofThisProcess());
  }

  /** Whether oneDNN has kernels of this format for a kind of CPU. */
  public boolean isSupportedBy(CpuKind cpu) {
    return this == FLOAT || cpu.compareTo(CpuKind.AVX512) >= 0;
  }

  /**
   * This precision, if the CPU has kernels of it.
   *
   * @throws IllegalArgumentException if it has none
   */
  public Precision requireSupported() {
    if (!isSupported()) {
      throw new IllegalArgumentException(
          "precision %s needs a CPU with AVX-512 for oneDNN's kernels, which this one is not: use float"
              .formatted(label));
    }
    return this;
  }

  /** Whether a kind of CPU also multiplies in this format. */
  public boolean isNativeTo(CpuKind cpu) {
    return this == FLOAT || cpu.compareTo(CpuKind.AVX512_BF16) >= 0;
  }

  memory.data_type kernels() {
    return kernels;
  }

  /** ND4J's name of the format. */
  public DataType arrays() {
    return arrays;
  }

  /** Of one value. */
  int bytes() {
    return arrays.width();
  }
}
