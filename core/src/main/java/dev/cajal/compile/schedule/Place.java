package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;

/**
 * Where the numbers of a node lie.
 *
 * @param slot which of the Java arrays of a run
 * @param offset where in it
 */
public record Place(int slot, int offset) {
  /** The first slot that is not an arena. */
  public static final int OUTSIDE = 4;

  static Place inArena(DType dtype, int offset) {
    return new Place(arena(dtype), offset);
  }

  /** The slot of a dtype's arena. */
  public static int arena(DType dtype) {
    return switch (dtype) {
      case F32 -> 0;
      case F64 -> 1;
      case I32 -> 2;
      case BOOL -> 3;
    };
  }

  boolean isInArena() {
    return slot < OUTSIDE;
  }
}
