package dev.cajal.random;

import dev.cajal.math.StandardNormal;

/**
 * An endless row of random numbers of which each can be had by its position, in any order and from
 * any thread: a value depends on (seed, stream, position) alone.
 *
 * <p>A position holds 32 bits, a word of {@link Philox}: the key is the seed, the counter is
 * position / 4 in its lower and the stream in its upper 64 bits, the word is position mod 4.
 * Positions are unsigned, so every {@code long} is one. All draws at one position are made of the
 * same bits: draw at another position, or from another stream, for a number independent of the
 * first.
 *
 * @param seed what the user chose, or {@link #seedAt} made of it
 * @param stream which of the seed's 2⁶⁴ rows; {@link #of} finds it by a name
 */
public record RandomStream(long seed, long stream) {

  private static final long RETRY = SplitMix.hash("dev.cajal.random.retry");

  /** Further out, the probability of a tail is not a normal double any more. */
  private static final double FURTHEST = 37.5;

  private static final int BATCH = 256;

  /** The stream of a name: its number is the 64-bit FNV-1a of the UTF-8, mixed by SplitMix64. */
  public static RandomStream of(long seed, String name) {
    return new RandomStream(seed, SplitMix.hash(name));
  }

  /** A new seed for each step of a run, as unlike its neighbours' as two seeds can be. */
  public static long seedAt(long seed, long step) {
    return SplitMix.mix(seed, step);
  }

  /** A stream of the same seed for each index, unrelated to this one and to one another. */
  public RandomStream derive(long index) {
    return new RandomStream(seed, SplitMix.mix(stream, index));
  }

  /** 32 random bits. */
  public int bits(long position) {
    return Philox.word(seed, position >>> 2, stream, (int) (position & 3));
  }

  /**
   * Uniform in [0, 1): the upper 24 bits times 2⁻²⁴, so that the value is exact in a float as well.
   */
  public double uniform(long position) {
    return (bits(position) >>> 8) * 0x1p-24;
  }

  /** True with the given probability: where {@link #uniform} is below it. */
  public boolean bernoulli(double probability, long position) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, not " + probability);
    }
    return uniform(position) < probability;
  }

  /** Normal with mean 0 and variance 1: Φ⁻¹((bits + ½)·2⁻³²), so that the size is below 6.34. */
  public double normal(long position) {
    return StandardNormal.inverseCdf(quantile(position));
  }

  /**
   * Normal with mean 0 and variance 1, given that it lies in [low, high]: Φ⁻¹(Φ(low) + u(Φ(high) −
   * Φ(low))) with u = (bits + ½)·2⁻³², accurate in both tails.
   */
  public double truncatedNormal(double low, double high, long position) {
    if (!(low < high && low <= FURTHEST && high >= -FURTHEST)) {
      throw new IllegalArgumentException(
          "a truncated normal needs low < high, some of it within %s of 0, not [%s, %s]"
              .formatted(FURTHEST, low, high));
    }
    double u = quantile(position);
    // the upper tail is the mirror image of the lower one, where Φ has all its digits
    return low > 0 ? -truncated(-high, -low, 1 - u) : truncated(low, high, u);
  }

  /** The same for low ≤ 0: in the half where the value is found, by the probability beyond it. */
  private static double truncated(double low, double high, double u) {
    double below = StandardNormal.cdf(low);
    double above = StandardNormal.cdf(-high);
    double mass = high > 0 ? 1 - below - above : StandardNormal.cdf(high) - below;
    double p = below + u * mass;
    double x =
        p <= 0.5
            ? StandardNormal.inverseCdf(p)
            : -StandardNormal.inverseCdf(above + (1 - u) * mass);
    return Math.clamp(x, low, high);
  }

  /**
   * Uniform in 0, 1, …, bound − 1, without bias: the upper half of bits × bound, or, for the few
   * bits that would favour some values, what a derived stream has at the position. Source: D.
   * Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.
   */
  public int below(int bound, long position) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nothing is drawn from 0 up to below " + bound);
    }
    long product = Integer.toUnsignedLong(bits(position)) * bound;
    if (Integer.compareUnsigned((int) product, bound) < 0
        && Integer.compareUnsigned((int) product, Integer.remainderUnsigned(-bound, bound)) < 0) {
      return derive(RETRY).below(bound, position);
    }
    return (int) (product >>> 32);
  }

  /**
   * The numbers 0, 1, …, size − 1 in random order, every order as likely as any other (as far as 64
   * bits of stream can tell them apart): the Fisher-Yates shuffle from the last place down, where
   * place i is swapped with place {@code below(i + 1, i)}.
   */
  public int[] permutation(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("a permutation of " + size + " numbers");
    }
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i;
    }
    // draws first and swaps after, so that the swaps' cache misses overlap: 10 million numbers take
    // 0.23 s this way and 1 s one by one
    int[] others = new int[BATCH];
    for (int last = size - 1; last > 0; last -= BATCH) {
      int count = Math.min(BATCH, last);
      for (int k = 0; k < count; k++) {
        others[k] = below(last - k + 1, last - k);
      }
      for (int k = 0; k < count; k++) {
        int kept = numbers[last - k];
        numbers[last - k] = numbers[others[k]];
        numbers[others[k]] = kept;
      }
    }
    return numbers;
  }

  /** (bits + ½)·2⁻³², in (0, 1) and exact. */
  private double quantile(long position) {
    return (Integer.toUnsignedLong(bits(position)) + 0.5) * 0x1p-32;
  }
}
