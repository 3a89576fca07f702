package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import java.lang.reflect.Array;
import java.util.List;

/**
 * The first row of a loop, or some columns of it. It reads what the loop reads, whatever that is at
 * the time, and writes to memory of its own.
 */
final class LoopRehearsal implements Warmup.Rehearsal {
  /** Of a long row so many columns, and as many more as there are beyond whole vectors. */
  private static final int COLUMNS = 64;

  /** So many calls are timed together, or fewer that visit so many elements. */
  private static final int MOST_CALLS = 16;

  private static final long ENOUGH = 16_384;

  private final Nest nest;
  private final LoopCode plain;
  private final LoopCode vectors;
  private final Object[] arrays;
  private final int[] offsets;
  private final float[] scratch;
  private final int columns;

  /** What memories of its own begin with each time; null for the others. */
  private final Object[] fresh;

  /**
   * A rehearsal.
   *
   * @param arrays the memories of the loop; becomes those of the rehearsal
   * @param offsets as much for where they begin
   */
  LoopRehearsal(Nest nest, LoopCode plain, LoopCode vectors, Object[] arrays, int[] offsets) {
    this.nest = nest;
    this.plain = plain;
    this.vectors = vectors;
    this.arrays = arrays;
    this.offsets = offsets;
    this.scratch = new float[LoopWriter.scratch(nest)];
    int row = nest.inner().getLast();
    boolean isLong = LoopWriter.splitsColumns(nest) && row >= 2 * COLUMNS;
    this.columns = isLong ? COLUMNS + row % COLUMNS : row;
    this.fresh = new Object[arrays.length];
    for (Nest.Instruction instruction : nest.code()) {
      if (instruction instanceof Nest.Store store && fresh[store.memory()] == null) {
        replace(store.memory());
      }
    }
  }

  /** Fewer of a long row, or of long columns. */
  @Override
  public int calls() {
    long elements = 1;
    for (int axis = 1 + nest.outer().size(); axis < axes(); axis++) {
      elements *= size(axis);
    }
    return Math.clamp(ENOUGH / elements, 1, MOST_CALLS);
  }

  private int axes() {
    return 1 + nest.outer().size() + nest.middle().size() + nest.inner().size();
  }

  @Override
  public void reset() {
    for (int i = 0; i < arrays.length; i++) {
      if (fresh[i] != null) {
        System.arraycopy(fresh[i], 0, arrays[i], 0, Array.getLength(fresh[i]));
      }
    }
  }

  @Override
  public void plain() {
    plain.run(arrays, offsets, scratch, 0, 1, 0, columns);
  }

  @Override
  public void vectors() {
    vectors.run(arrays, offsets, scratch, 0, 1, 0, columns);
  }

  /** Puts a copy of the piece that is touched in a memory's place. */
  private void replace(int memory) {
    int low = 0;
    int high = 0;
    for (Nest.Instruction instruction : nest.code()) {
      List<Integer> strides =
          switch (instruction) {
            case Nest.Load load when load.memory() == memory -> load.strides();
            case Nest.Store store when store.memory() == memory -> store.strides();
            case Nest.Load _,
                Nest.Store _,
                Nest.Index _,
                Nest.Literal _,
                Nest.Map _,
                Nest.Reduce _ ->
                List.of();
          };
      int back = 0;
      int forth = 0;
      for (int axis = 1 + nest.outer().size(); axis < strides.size(); axis++) {
        int reach = (size(axis) - 1) * strides.get(axis);
        back += Math.min(0, reach);
        forth += Math.max(0, reach);
      }
      low = Math.min(low, back);
      high = Math.max(high, forth);
    }
    Object whole = arrays[memory];
    Class<?> type = whole.getClass().getComponentType();
    int length = high - low + 1;
    fresh[memory] = Array.newInstance(type, length);
    System.arraycopy(whole, offsets[memory] + low, fresh[memory], 0, length);
    arrays[memory] = Array.newInstance(type, length);
    offsets[memory] = -low;
  }

  /** How far the rehearsal goes along a middle or inner axis. */
  private int size(int axis) {
    int middle = axis - 1 - nest.outer().size();
    int inner = middle - nest.middle().size();
    if (inner < 0) {
      return nest.middle().get(middle);
    }
    return inner == nest.inner().size() - 1 ? columns : nest.inner().get(inner);
  }
}
