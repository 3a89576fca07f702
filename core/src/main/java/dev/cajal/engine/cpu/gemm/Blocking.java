package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;

/**
 * How a product is cut so that its parts stay in cache: the panels of A and B that a tile reads in
 * the first level, a block of A and the region of C in the second. Measured with 48 KB and 1 MB, by
 * wide vectors, and with 32 KB and 512 KB by those of 256 bits, which cost 3% more with a depth of
 * 192 and 5% more with one of 384; nothing else changes the speed by more than 3% when it is halved
 * or doubled.
 *
 * @param depth how much of k is summed at once, at most
 * @param height rows of a block of A
 * @param width columns of B that are packed before A is packed again
 * @param region columns of C that are final before the epilogue sees them
 */
record Blocking(int depth, int height, int width, int region) {
  static Blocking of(Lanes lanes) {
    return new Blocking(lanes.sums() < 16 ? 256 : 384, 240, 1024, 256);
  }

  /**
   * How much of k is summed before it is added to C: blocks of equal size. A function of k alone,
   * so that the bits of the result don't depend on the rest.
   */
  int depth(int k) {
    int blocks = Math.max(1, Math.ceilDiv(k, depth));
    return Math.ceilDiv(Math.ceilDiv(k, blocks), 16) * 16;
  }

  /** Rows of the blocks of m rows: of equal size, made of whole tiles. */
  int height(int m, int tile) {
    int blocks = Math.ceilDiv(m, height);
    return Math.ceilDiv(Math.ceilDiv(m, blocks), tile) * tile;
  }
}
