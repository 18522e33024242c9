package org.lrsweep.data;

/**
 * Steele, Lea and Flood's SplitMix64 ("Fast Splittable Pseudorandom Number Generators", 2014): a
 * few operations a number, and the same numbers on every JVM.
 */
public final class SplitMix64 {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  /** A generator that depends on each of the keys; any other keys give unrelated numbers. */
  public static SplitMix64 keyed(long first, long second, long third) {
    long key = mix(first + GOLDEN_GAMMA);
    key = mix(key + second + GOLDEN_GAMMA);
    return new SplitMix64(mix(key + third + GOLDEN_GAMMA));
  }

  /** The first number of the generator of a seed: a number that shows nothing of it. */
  public static long mixed(long seed) {
    return new SplitMix64(seed).nextLong();
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in low (inclusive) to high (exclusive). */
  public double between(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Uniform in 0 (inclusive) to bound (exclusive); bound must be at least 1. */
  public int nextInt(int bound) {
    // Lemire's multiply-shift. Its bias is below bound / 2^32, without rejection's data-dependent
    // number of draws.
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
