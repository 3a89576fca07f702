package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.RowFunction;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the instructions of a nest are to the code that is written for it: which are the same for a
 * whole row, in which pass over the row each is known, and which are kept from one pass to a later
 * one.
 */
final class NestAnalysis {
  /** What is computed again in a later pass costs no more than this; else it is kept in scratch. */
  private static final int CHEAP = 4;

  private final Nest nest;
  private final boolean[] uniform;
  private final int[] pass;
  private final int[] slot;
  private final int[] secondSlot;
  private int slots;

  NestAnalysis(Nest nest) {
    this.nest = nest;
    List<Nest.Instruction> code = nest.code();
    uniform = new boolean[code.size()];
    pass = new int[code.size()];
    slot = new int[code.size()];
    secondSlot = new int[code.size()];
    Arrays.fill(slot, -1);
    Arrays.fill(secondSlot, -1);
    for (int i = 0; i < code.size(); i++) {
      uniform[i] = isUniform(code.get(i));
      pass[i] = pass(code.get(i));
      if (isCall(i)) {
        pass[i]++;
        slot[i] = slots++;
        secondSlot[i] = ((Nest.Map) code.get(i)).arguments().size() > 1 ? slots++ : -1;
      }
    }
    if (!nest.isColumns()) {
      storeLast();
      keep();
    }
  }

  /** Whether an instruction gives one number a row. */
  boolean isUniform(int instruction) {
    return uniform[instruction];
  }

  /**
   * Whether an instruction is a function that is called for the whole row at once, after the pass
   * in which its arguments were kept.
   */
  boolean isCall(int instruction) {
    return !nest.isColumns()
        && !uniform[instruction]
        && nest.code().get(instruction) instanceof Nest.Map map
        && map.dtype() == DType.F32
        && RowFunction.isWorthACall(map.function());
  }

  /** The functions that are called, by instruction. */
  List<Integer> calls() {
    return IntStream.range(0, pass.length).filter(this::isCall).boxed().toList();
  }

  /** In which pass over the row an instruction is known: reductions are known after their pass. */
  int pass(int instruction) {
    return pass[instruction];
  }

  int passes() {
    int passes = 1;
    for (int i = 0; i < pass.length; i++) {
      int instruction = i;
      passes =
          switch (nest.code().get(i)) {
            case Nest.Reduce _ -> Math.max(passes, pass[i]);
            case Nest.Store store when !store.isPerRow() -> Math.max(passes, pass[i] + 1);
            case Nest.Map _ when isCall(instruction) -> Math.max(passes, pass[i]);
            case Nest.Store _, Nest.Load _, Nest.Index _, Nest.Literal _, Nest.Map _ -> passes;
          };
    }
    return passes;
  }

  /** Where in the scratch memory an instruction's row is kept; negative if it is not. */
  int slot(int instruction) {
    return slot[instruction];
  }

  /** Whether an instruction's row is in the scratch memory when a pass begins. */
  boolean isKept(int instruction, int beforePass) {
    // What is called is there when the pass begins in which it is known.
    int since = pass[instruction] + (isCall(instruction) ? 0 : 1);
    return slot[instruction] >= 0 && since <= beforePass;
  }

  /** Where the second argument of a call is kept. */
  int secondSlot(int instruction) {
    return secondSlot[instruction];
  }

  int slots() {
    return slots;
  }

  private boolean isUniform(Nest.Instruction instruction) {
    return switch (instruction) {
      case Nest.Load load -> load.isPerRow() || isSameInRow(load.strides());
      case Nest.Index index -> index.isPerRow() || isSameInRow(index.strides());
      case Nest.Literal _ -> true;
      case Nest.Map map -> map.arguments().stream().allMatch(argument -> uniform[argument]);
      case Nest.Reduce _ -> !nest.isColumns();
      case Nest.Store store -> store.isPerRow();
    };
  }

  private boolean isSameInRow(List<Integer> strides) {
    int row = nest.inner().size() + nest.middle().size();
    return strides.subList(strides.size() - row, strides.size()).stream().allMatch(s -> s == 0);
  }

  private int pass(Nest.Instruction instruction) {
    return switch (instruction) {
      case Nest.Load _, Nest.Index _, Nest.Literal _ -> 0;
      case Nest.Map map -> map.arguments().stream().mapToInt(a -> pass[a]).max().orElse(0);
      case Nest.Reduce reduce -> pass[reduce.argument()] + 1;
      case Nest.Store store -> pass[store.value()];
    };
  }

  /** Puts stores that overwrite what is read into the last pass. */
  private void storeLast() {
    List<Nest.Instruction> code = nest.code();
    Set<Integer> read = new HashSet<>();
    for (Nest.Instruction instruction : code) {
      if (instruction instanceof Nest.Load load) {
        read.add(load.memory());
      }
    }
    int last = passes() - 1;
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i) instanceof Nest.Store store && read.contains(store.memory())) {
        pass[i] = last;
      }
    }
  }

  /** Gives a row of scratch to what is dear and needed again in a later pass. */
  private void keep() {
    List<Nest.Instruction> code = nest.code();
    for (int i = 0; i < code.size(); i++) {
      List<Integer> arguments =
          switch (code.get(i)) {
            case Nest.Map map -> map.arguments();
            case Nest.Store store when !store.isPerRow() -> List.of(store.value());
            case Nest.Store _, Nest.Load _, Nest.Index _, Nest.Literal _, Nest.Reduce _ ->
                List.of();
          };
      for (int argument : arguments) {
        boolean later = !uniform[i] && !uniform[argument] && pass[argument] < pass[i];
        if (later && slot[argument] < 0 && isKeepable(argument) && cost(argument) > CHEAP) {
          slot[argument] = slots++;
        }
      }
    }
  }

  private boolean isKeepable(int instruction) {
    return nest.code().get(instruction) instanceof Nest.Map map && map.dtype() == DType.F32;
  }

  private int cost(int instruction) {
    if (uniform[instruction] || slot[instruction] >= 0) {
      return 0;
    }
    return switch (nest.code().get(instruction)) {
      case Nest.Load _ -> 1;
      case Nest.Map map ->
          Math.min(
              100, weight(map.function()) + map.arguments().stream().mapToInt(this::cost).sum());
      case Nest.Index _, Nest.Literal _, Nest.Reduce _, Nest.Store _ -> 1;
    };
  }

  private static int weight(Op function) {
    return RowFunction.isWorthACall(function) ? CHEAP + 1 : 1;
  }
}
