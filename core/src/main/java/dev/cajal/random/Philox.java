package dev.cajal.random;

/**
 * Philox 4x32-10: four random 32-bit words as a pure function of a 64-bit key and a 128-bit
 * counter.
 *
 * <p>One round turns the counter words and the key words (c₀, c₁, c₂, c₃), (k₀, k₁) into
 *
 * <pre>
 *   (high(M₁c₂) ⊕ c₁ ⊕ k₀,  low(M₁c₂),  high(M₀c₀) ⊕ c₃ ⊕ k₁,  low(M₀c₀)),   (k₀ + W₀, k₁ + W₁)
 * </pre>
 *
 * and there are ten. Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class Philox {

  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private Philox() {}

  /**
   * Writes the four words of a counter to {@code words[offset]} and the three places after it.
   *
   * @param low the counter's words 0 (its lower half) and 1
   * @param high the counter's words 2 (its lower half) and 3
   */
  public static void block(long key, long low, long high, int[] words, int offset) {
    // two words ride in one long, the even one in its upper half; twice written, here and in
    // word, because a method that allocates nothing returns one value only
    long left = Long.rotateLeft(low, 32);
    long right = Long.rotateLeft(high, 32);
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long next = mix(MULTIPLIER_1, right, left, key0);
      right = mix(MULTIPLIER_0, left, right, key1);
      left = next;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    words[offset] = (int) (left >>> 32);
    words[offset + 1] = (int) left;
    words[offset + 2] = (int) (right >>> 32);
    words[offset + 3] = (int) right;
  }

  /** Word 0, 1, 2 or 3 of a counter: one of those that {@link #block} writes. */
  public static int word(long key, long low, long high, int index) {
    long left = Long.rotateLeft(low, 32);
    long right = Long.rotateLeft(high, 32);
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long next = mix(MULTIPLIER_1, right, left, key0);
      right = mix(MULTIPLIER_0, left, right, key1);
      left = next;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    long pair = (index & 2) == 0 ? left : right;
    return (int) ((index & 1) == 0 ? pair >>> 32 : pair);
  }

  /** The product with the upper word of one pair, crossed with the lower word of the other. */
  private static long mix(long multiplier, long pair, long other, int key) {
    return (multiplier * (pair >>> 32)) ^ ((other ^ key) << 32);
  }
}
