package dev.cajal.engine.cpu.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.cajal.random.Philox;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Distribution;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * Fills arrays with what a {@link RandomStream} has at consecutive positions. Uniform numbers are
 * the same to the bit; normal ones are within 2.3 ulp of the exact ones, and the same with any
 * number of lanes.
 *
 * <p>The bits are made first, in a buffer that stays in the cache, and then the numbers of them: in
 * one method both are more than C2 will inline.
 */
public final class RandomNumbers {
  /** The words of a block of {@link Philox}. */
  private static final int WORDS = 4;

  private static final int BATCH = 1024;

  /** Makes numbers of random bits. */
  interface FromBits {
    void convert(int[] bits, int from, int to, float[] out, int offset);
  }

  private final Lanes lanes;
  private final PhiloxCode.Filler blocks;
  private final FromBits fromBits;
  private final FromBits fromBitsOneByOne;

  private RandomNumbers(Distribution distribution, Lanes lanes) {
    this.lanes = lanes;
    this.blocks = lanes.isVector() ? PhiloxCode.filler(lanes) : RandomNumbers::plainBlocks;
    this.fromBitsOneByOne = fromBits(distribution, Lanes.ONE);
    this.fromBits = lanes.isVector() ? fromBits(distribution, lanes) : fromBitsOneByOne;
  }

  /** Generated for so many lanes. */
  public static RandomNumbers of(Distribution distribution, Lanes lanes) {
    return new RandomNumbers(distribution, lanes);
  }

  private static FromBits fromBits(Distribution distribution, Lanes lanes) {
    return Generated.instance(
        MethodHandles.lookup(),
        FromBits.class,
        "FromBits" + lanes.count(),
        "convert",
        MethodTypeDesc.of(CD_void, Kind.I32.array(), CD_int, CD_int, Kind.F32.array(), CD_int),
        out -> {
          Code code = new Code(out, lanes);
          Value bits = code.parameter(Kind.I32, 0);
          Value array = code.parameter(Kind.F32, 3);
          Value offset = code.parameter(Kind.I32, 4);
          code.loop(
              code.parameter(Kind.I32, 1),
              code.parameter(Kind.I32, 2),
              lanes.count(),
              i -> {
                Value number = new RandomBits(code).number(distribution, code.load(bits, i));
                code.store(array, code.plus(offset, i), number);
              });
          out.return_();
        });
  }

  /** What one thread at a time needs to make numbers. */
  public static int[] memory() {
    return new int[BATCH];
  }

  /**
   * What the {@link RandomStream} of a seed and a number has at the positions from on, at {@code
   * out[offset]} and further. The last position, unsigned, is not followed by the first. No object
   * is made for it.
   *
   * @param bits memory for what numbers are made of: {@link #memory}
   */
  public void fill(
      long seed, long stream, long from, float[] out, int offset, int count, int[] bits) {
    for (int done = 0; done < count; done += BATCH) {
      int batch = Math.min(BATCH, count - done);
      fillBits(seed, stream, from + done, bits, batch);
      int whole = batch / lanes.count() * lanes.count();
      fromBits.convert(bits, 0, whole, out, offset + done);
      fromBitsOneByOne.convert(bits, whole, batch, out, offset + done);
    }
  }

  /** Blocks by vectors, and one by one the positions before and after them. */
  private void fillBits(long seed, long stream, long from, int[] bits, int count) {
    int head = Math.min(count, (int) (-from & (WORDS - 1)));
    // a vector holds half as many blocks as it has lanes
    int unit = WORDS * Math.max(1, lanes.count() / 2);
    int body = (count - head) / unit * unit;
    for (int i = 0; i < head; i++) {
      bits[i] = bits(seed, stream, from + i);
    }
    blocks.fill(seed, (from + head) >>> 2, stream, body / WORDS, bits, head);
    for (int i = head + body; i < count; i++) {
      bits[i] = bits(seed, stream, from + i);
    }
  }

  private static int bits(long seed, long stream, long position) {
    return Philox.word(seed, position >>> 2, stream, (int) (position & (WORDS - 1)));
  }

  private static void plainBlocks(
      long key, long firstBlock, long stream, int blocks, int[] out, int offset) {
    for (int block = 0; block < blocks; block++) {
      Philox.block(key, firstBlock + block, stream, out, offset + WORDS * block);
    }
  }
}
