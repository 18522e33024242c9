package org.lrsweep.ingest.read;

/** How the numbers of an example's features are kept. */
public enum ValueType {
  /** Whole numbers from 0 to 255. */
  BYTE(1),
  /** Numbers of 32 bits, little-endian. */
  FLOAT(Float.BYTES);

  private final int bytes;

  ValueType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
