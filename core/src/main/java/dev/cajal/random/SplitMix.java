package dev.cajal.random;

import java.nio.charset.StandardCharsets;

/**
 * Mixing of 64-bit numbers by the output function of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014): a bijection in which every bit of
 * the result depends on every bit of the argument.
 */
final class SplitMix {

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private SplitMix() {}

  /** The first number from a SplitMix64 generator in the given state. */
  static long mix(long state) {
    long z = state + GOLDEN_RATIO;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** One number of two, a bijection in each: mix(mix(a) ⊕ b). */
  static long mix(long a, long b) {
    return mix(mix(a) ^ b);
  }

  /** The 64-bit FNV-1a hash of the name in UTF-8, mixed. */
  static long hash(String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return mix(hash);
  }
}
